//! How often anybody may come.

use std::net::{IpAddr, Ipv6Addr};
use std::num::NonZeroU32;

use governor::clock::{Clock as _, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota};
use uuid::Uuid;

use super::auth::Caller;
use super::error::{Error, Result, TOO_MANY_REQUESTS};

/// Requests a minute of somebody who is signed in.
const USER_A_MINUTE: NonZeroU32 = NonZeroU32::new(600).unwrap();
/// Requests a minute from one address without a sign-in.
const ANONYMOUS_A_MINUTE: NonZeroU32 = NonZeroU32::new(60).unwrap();

/// The limits of a process; several processes each have their own.
pub struct Limits(Option<Buckets>);

struct Buckets {
    users: DefaultKeyedRateLimiter<Uuid>,
    addresses: DefaultKeyedRateLimiter<IpAddr>,
}

impl Limits {
    /// Limits that hold, or none.
    pub fn new(enabled: bool) -> Self {
        Self(enabled.then(|| Buckets {
            users: DefaultKeyedRateLimiter::keyed(Quota::per_minute(USER_A_MINUTE)),
            addresses: DefaultKeyedRateLimiter::keyed(Quota::per_minute(ANONYMOUS_A_MINUTE)),
        }))
    }

    /// Whether limits hold at all.
    pub fn enabled(&self) -> bool {
        self.0.is_some()
    }

    /// Counts a request; 429 when it is one too many.
    pub fn charge(&self, caller: Option<&Caller>, address: Option<IpAddr>) -> Result<()> {
        let Some(buckets) = &self.0 else { return Ok(()) };
        let verdict = match (caller, address) {
            (Some(caller), _) => buckets.users.check_key(&caller.user_id),
            (None, Some(address)) => buckets.addresses.check_key(&neighbourhood(address)),
            (None, None) => Ok(()),
        };
        verdict.map_err(|denied| {
            let wait = denied.wait_time_from(DefaultClock::default().now());
            Error::later(TOO_MANY_REQUESTS, wait.as_secs() + 1)
        })
    }

    /// Forgets who has long been quiet.
    pub fn sweep(&self) {
        if let Some(buckets) = &self.0 {
            buckets.users.retain_recent();
            buckets.addresses.retain_recent();
        }
    }
}

/// One household has one IPv4 address or one /64 of IPv6.
fn neighbourhood(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            IpAddr::V6(Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0))
        }
    }
}
