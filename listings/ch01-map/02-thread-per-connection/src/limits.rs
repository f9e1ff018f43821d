//! 스레드를 몇 개까지 띄울 수 있는지 운영체제에 묻는다. 리눅스의 `/proc`과 cgroup을 읽는다.

use std::fs;
use std::path::{Path, PathBuf};

/// 스레드 하나에 잡을 주소. 스택에, 할당기가 스레드를 위해 잡아 두는 몫을 넉넉히 더했다.
const ADDRESSES: usize = 4 * 1024 * 1024;

/// 이름이 붙은 한도 하나.
#[derive(Debug, PartialEq)]
pub struct Limit {
    pub name: &'static str,
    pub threads: usize,
}

// ANCHOR: limits
/// 알아낼 수 있는 한도를 모두 돌려준다. 리눅스가 아니면 비어 있다.
pub fn ask() -> Vec<Limit> {
    let limits = fs::read_to_string("/proc/self/limits").unwrap_or_default();
    let found = [
        ("RLIMIT_NPROC", own_limit(&limits, "Max processes")),
        (
            "RLIMIT_AS",
            own_limit(&limits, "Max address space").map(|bytes| bytes / ADDRESSES),
        ),
        ("threads-max", number("/proc/sys/kernel/threads-max")),
        // 스레드마다 스택과 그 끝의 가드로 매핑을 둘까지 쓴다.
        (
            "max_map_count",
            number("/proc/sys/vm/max_map_count").map(|maps| maps / 2),
        ),
        ("pids.max", cgroup_limit()),
    ];
    let known =
        |(name, threads): (_, Option<usize>)| threads.map(|threads| Limit { name, threads });
    found.into_iter().filter_map(known).collect()
}
// ANCHOR_END: limits

/// `/proc/self/limits`의 `name` 줄에 적힌 첫 수. 한도가 없으면 `None`이다.
fn own_limit(limits: &str, name: &str) -> Option<usize> {
    let line = limits.lines().find_map(|line| line.strip_prefix(name))?;
    line.split_whitespace().next()?.parse().ok()
}

fn number(path: impl AsRef<Path>) -> Option<usize> {
    fs::read_to_string(path).ok()?.trim().parse().ok()
}

/// 이 프로세스의 cgroup과 그 위의 cgroup에 걸린 한도 가운데 가장 작은 것.
fn cgroup_limit() -> Option<usize> {
    let groups = fs::read_to_string("/proc/self/cgroup").ok()?;
    let folders = groups.lines().filter_map(pids_folder);
    folders
        .flat_map(|folder| {
            folder
                .ancestors()
                .filter_map(|at| number(at.join("pids.max")))
                .collect::<Vec<_>>()
        })
        .min()
}

/// `/proc/self/cgroup`의 한 줄이 가리키는, `pids.max`가 있을 폴더. v2와 v1을 모두 읽는다.
fn pids_folder(line: &str) -> Option<PathBuf> {
    let (_, rest) = line.split_once(':')?;
    let (controllers, path) = rest.split_once(':')?;
    let root = match controllers {
        "" => "/sys/fs/cgroup",
        "pids" => "/sys/fs/cgroup/pids",
        _ => return None,
    };
    Some(Path::new(root).join(path.trim_start_matches('/')))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_soft_limit_is_read_and_unlimited_is_none() {
        let line =
            "Max processes             4096                 8192                 processes \n";
        assert_eq!(own_limit(line, "Max processes"), Some(4096));
        assert_eq!(
            own_limit(&line.replace("4096", "unlimited"), "Max processes"),
            None
        );
        assert_eq!(own_limit("", "Max processes"), None);
    }

    #[test]
    fn both_cgroup_versions_are_known() {
        assert_eq!(pids_folder("0::/a/b"), Some("/sys/fs/cgroup/a/b".into()));
        assert_eq!(pids_folder("8:pids:/"), Some("/sys/fs/cgroup/pids".into()));
        assert_eq!(pids_folder("4:memory:/a"), None);
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn linux_tells_at_least_its_own_limits() {
        let named = |name| ask().into_iter().find(|limit| limit.name == name);
        assert!(named("threads-max").is_some_and(|limit| limit.threads > 0));
        assert!(named("max_map_count").is_some_and(|limit| limit.threads > 0));
    }
}
