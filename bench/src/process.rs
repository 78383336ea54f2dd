//! What a process has cost so far, read from Linux' `/proc`.

use std::fs;

use anyhow::Context;
use rustix::{
    param::clock_ticks_per_second,
    process::{Pid, Signal, kill_process},
};

/// CPU time that a process and its threads have used, in microseconds (user and system).
pub(crate) fn cpu_us(pid: u32) -> anyhow::Result<u64> {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).context("the process is gone")?;
    // The second field is the program's name in parentheses and may hold blanks; state is the third.
    let (_, fields) = stat.rsplit_once(") ").context("no name in /proc/PID/stat")?;
    let ticks: u64 = fields
        .split(' ')
        .skip(11) // utime and stime are the 14th and 15th
        .take(2)
        .map(str::parse::<u64>)
        .sum::<Result<_, _>>()?;
    Ok(ticks * 1_000_000 / clock_ticks_per_second())
}

/// Memory of a process that is in RAM now, in bytes (`VmRSS`).
pub(crate) fn resident_bytes(pid: u32) -> anyhow::Result<u64> {
    memory(pid, "VmRSS:")
}

/// The most memory of a process that has been in RAM so far, in bytes (`VmHWM`).
pub(crate) fn most_resident_bytes(pid: u32) -> anyhow::Result<u64> {
    memory(pid, "VmHWM:")
}

fn memory(pid: u32, name: &str) -> anyhow::Result<u64> {
    let status = fs::read_to_string(format!("/proc/{pid}/status")).context("the process is gone")?;
    let line = status.lines().find_map(|line| line.strip_prefix(name)).with_context(|| format!("no {name}"))?;
    let kib: u64 = line.trim().trim_end_matches(" kB").parse()?;
    Ok(kib * 1024)
}

/// The first child of a process, if it has one.
pub(crate) fn child_of(pid: u32) -> Option<u32> {
    let children = fs::read_to_string(format!("/proc/{pid}/task/{pid}/children")).ok()?;
    children.split_whitespace().next()?.parse().ok()
}

/// Asks a process to end, as an operator would.
pub(crate) fn terminate(pid: u32) -> anyhow::Result<()> {
    let pid = Pid::from_raw(pid.cast_signed()).context("not a process id")?;
    Ok(kill_process(pid, Signal::TERM)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn own_cost_is_seen_and_grows() {
        let pid = std::process::id();
        let before = cpu_us(pid).unwrap();
        let busy = std::time::Instant::now();
        let mut sum = 0_u64;
        while busy.elapsed().as_millis() < 120 {
            sum = std::hint::black_box(sum.wrapping_add(1));
        }
        let spent = cpu_us(pid).unwrap() - before;
        assert!((50_000..2_000_000).contains(&spent), "{spent} µs for 120 ms of work");
        let memory = resident_bytes(pid).unwrap();
        assert!(memory > 1_000_000 && most_resident_bytes(pid).unwrap() >= memory);
    }
}
