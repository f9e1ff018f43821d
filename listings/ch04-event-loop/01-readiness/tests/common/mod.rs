//! 테스트가 함께 쓰는 것.

/// 한꺼번에 들어오는 손님의 수. 열 수 있는 파일이 모자라면 줄인다.
pub fn guests() -> usize {
    1_000.min(open_files().saturating_sub(200) / 2)
}

/// 이 프로세스가 열 수 있는 파일의 수. 낮게 잡혀 있으면 올릴 수 있는 데까지 올린다.
#[cfg(unix)]
fn open_files() -> usize {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    let Rlimit { maximum, .. } = getrlimit(Resource::Nofile);
    let wanted = maximum.unwrap_or(4096).min(4096);
    let current = getrlimit(Resource::Nofile).current.unwrap_or(u64::MAX);
    let raised = Rlimit {
        current: Some(wanted),
        maximum,
    };
    if current < wanted && setrlimit(Resource::Nofile, raised).is_ok() {
        return wanted as usize;
    }
    current.min(4096) as usize
}

#[cfg(not(unix))]
fn open_files() -> usize {
    4096
}
