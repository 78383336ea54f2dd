//! How often anybody may come.

use std::net::{IpAddr, Ipv6Addr};
use std::num::NonZeroU32;
use std::time::Duration;

use governor::clock::{Clock as _, DefaultClock};
use governor::middleware::{StateInformationMiddleware, StateSnapshot};
use governor::{DefaultKeyedRateLimiter, NotUntil, Quota, RateLimiter};
use uuid::Uuid;

use super::auth::Caller;
use super::error::{Error, Result, TOO_MANY_REQUESTS};

/// Requests a minute of somebody who is signed in.
const USER_A_MINUTE: NonZeroU32 = NonZeroU32::new(600).unwrap();
/// Requests a minute from one address without a sign-in.
const ANONYMOUS_A_MINUTE: NonZeroU32 = NonZeroU32::new(60).unwrap();

/// Sign-ins and other answers to a secret from one address: at most 30 at once, one more every 30 seconds (30 in 15 minutes).
const SIGN_INS: NonZeroU32 = NonZeroU32::new(30).unwrap();
const SIGN_IN_INTERVAL: Duration = Duration::from_secs(30);
/// What people send without an account through one link from one address: at most 30 at once (a class in one room, behind one
/// address), one more every 12 seconds (5 a minute).
const SENDINGS: NonZeroU32 = NonZeroU32::new(30).unwrap();
const SENDING_INTERVAL: Duration = Duration::from_secs(12);
/// The window of the limits by request, in seconds.
const WINDOW_SECONDS: u64 = 60;

type Counted<K> = DefaultKeyedRateLimiter<K, StateInformationMiddleware>;

/// The limits of a process; several processes each have their own.
pub struct Limits(Option<Buckets>);

struct Buckets {
    users: Counted<Uuid>,
    addresses: Counted<IpAddr>,
    sign_ins: DefaultKeyedRateLimiter<IpAddr>,
    sendings: DefaultKeyedRateLimiter<(IpAddr, Vec<u8>)>,
}

/// What is left of a limit, as `RateLimit` and `RateLimit-Policy` say it (draft-ietf-httpapi-ratelimit-headers).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Allowance {
    /// The limit's name.
    name: &'static str,
    /// Requests a window.
    quota: u32,
    /// Requests left now.
    remaining: u32,
}

impl Allowance {
    /// `"user";q=600;w=60`
    pub fn policy(&self) -> String {
        format!("\"{}\";q={};w={WINDOW_SECONDS}", self.name, self.quota)
    }

    /// `"user";r=598;t=1`: what is left, and the seconds until all of it is there again.
    pub fn state(&self) -> String {
        let used = u64::from(self.quota.saturating_sub(self.remaining));
        let reset = (used * WINDOW_SECONDS).div_ceil(u64::from(self.quota.max(1)));
        format!("\"{}\";r={};t={reset}", self.name, self.remaining)
    }
}

impl Limits {
    /// Limits that hold, or none.
    pub fn new(enabled: bool) -> Self {
        Self(enabled.then(|| Buckets {
            users: RateLimiter::keyed(Quota::per_minute(USER_A_MINUTE)).with_middleware(),
            addresses: RateLimiter::keyed(Quota::per_minute(ANONYMOUS_A_MINUTE)).with_middleware(),
            sign_ins: RateLimiter::keyed(quota(SIGN_IN_INTERVAL, SIGN_INS)),
            sendings: RateLimiter::keyed(quota(SENDING_INTERVAL, SENDINGS)),
        }))
    }

    /// Whether limits hold at all.
    pub fn enabled(&self) -> bool {
        self.0.is_some()
    }

    /// Counts a request and says what is left; 429 when it is one too many. Nothing is left to say where no limit holds.
    pub fn charge(&self, caller: Option<&Caller>, address: Option<IpAddr>) -> (Option<Allowance>, Result<()>) {
        let Some(buckets) = &self.0 else { return (None, Ok(())) };
        match (caller, address) {
            (Some(caller), _) => told("user", USER_A_MINUTE, buckets.users.check_key(&caller.user_id)),
            (None, Some(address)) => {
                told("anonymous", ANONYMOUS_A_MINUTE, buckets.addresses.check_key(&neighbourhood(address)))
            }
            (None, None) => (None, Ok(())),
        }
    }

    /// Counts an attempt to answer with a secret (password, code, one-time token) from an address.
    pub fn charge_sign_in(&self, address: Option<IpAddr>) -> Result<()> {
        let (Some(buckets), Some(address)) = (&self.0, address) else { return Ok(()) };
        buckets.sign_ins.check_key(&neighbourhood(address)).map_err(|denied| too_many(&denied))
    }

    /// Counts something that is sent through a link (named by its hash) that anybody may use.
    pub fn charge_sending(&self, link: &[u8], address: Option<IpAddr>) -> Result<()> {
        let (Some(buckets), Some(address)) = (&self.0, address) else { return Ok(()) };
        let key = (neighbourhood(address), link.to_vec());
        buckets.sendings.check_key(&key).map_err(|denied| too_many(&denied))
    }

    /// Forgets who has long been quiet.
    pub fn sweep(&self) {
        if let Some(buckets) = &self.0 {
            buckets.users.retain_recent();
            buckets.addresses.retain_recent();
            buckets.sign_ins.retain_recent();
            buckets.sendings.retain_recent();
        }
    }
}

fn quota(interval: Duration, at_once: NonZeroU32) -> Quota {
    Quota::with_period(interval).unwrap_or_else(|| Quota::per_minute(at_once)).allow_burst(at_once)
}

type Instant = <DefaultClock as governor::clock::Clock>::Instant;

fn told(
    name: &'static str,
    quota: NonZeroU32,
    verdict: Result<StateSnapshot, NotUntil<Instant>>,
) -> (Option<Allowance>, Result<()>) {
    let remaining = verdict.as_ref().map_or(0, StateSnapshot::remaining_burst_capacity);
    let allowance = Allowance { name, quota: quota.get(), remaining };
    (Some(allowance), verdict.map(|_| ()).map_err(|denied| too_many(&denied)))
}

fn too_many(denied: &NotUntil<Instant>) -> Error {
    let wait = denied.wait_time_from(DefaultClock::default().now());
    Error::later(TOO_MANY_REQUESTS, wait.as_secs() + 1)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_is_told_until_nothing_is() {
        let limits = Limits::new(true);
        let here = Some(IpAddr::from([192, 0, 2, 1]));
        let (first, verdict) = limits.charge(None, here);
        assert!(verdict.is_ok());
        assert_eq!(first.unwrap().policy(), "\"anonymous\";q=60;w=60");
        assert_eq!(first.unwrap().state(), "\"anonymous\";r=59;t=1");
        let last = (0..60).map(|_| limits.charge(None, here)).collect::<Vec<_>>().pop().unwrap();
        assert_eq!(last.0.unwrap().remaining, 0);
        assert_eq!(last.1.unwrap_err().refused().refusal, TOO_MANY_REQUESTS);
    }

    #[test]
    fn thirty_sign_ins_from_one_address_are_enough() {
        let limits = Limits::new(true);
        let here = Some(IpAddr::from([192, 0, 2, 1]));
        assert!((0..30).all(|_| limits.charge_sign_in(here).is_ok()));
        let refused = limits.charge_sign_in(here).unwrap_err().refused();
        assert!(refused.retry_after.is_some_and(|seconds| (1..=31).contains(&seconds)));
        assert!(limits.charge_sign_in(Some(IpAddr::from([192, 0, 2, 2]))).is_ok());
    }

    #[test]
    fn each_link_has_a_limit_of_its_own() {
        let limits = Limits::new(true);
        let here = Some(IpAddr::from([192, 0, 2, 1]));
        assert!((0..30).all(|_| limits.charge_sending(b"one", here).is_ok()));
        let refused = limits.charge_sending(b"one", here).unwrap_err().refused();
        assert!(refused.retry_after.is_some_and(|seconds| (1..=13).contains(&seconds)));
        assert!(limits.charge_sending(b"other", here).is_ok());
        assert!(limits.charge_sending(b"one", Some(IpAddr::from([192, 0, 2, 2]))).is_ok());
    }
}
