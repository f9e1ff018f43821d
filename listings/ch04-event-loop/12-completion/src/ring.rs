//! io_uring 드라이버. 이 절의 `unsafe`는 모두 이 파일에 있다.

#[cfg(test)]
mod tests;

use std::io;
use std::mem;
use std::net::TcpStream;
use std::os::fd::{AsRawFd, FromRawFd};
use std::ptr;
use std::time::Duration;

use io_uring::types::{Fd, SubmitArgs, Timespec};
use io_uring::{IoUring, opcode, squeue};

use crate::driver::{Driver, Key};
use crate::flights::{Flights, Ticket};
use crate::op::{Done, Op};

/// 취소 요청 자체의 `user_data`. 표에는 없는 열쇠이다.
const CANCEL: u64 = u64::MAX;

// ANCHOR: ring
/// 커널과 함께 쓰는 두 큐와, 커널에 맡긴 것의 표.
pub struct Ring {
    io: IoUring,
    flights: Flights,
    /// 제출 큐에 자리를 내다가 먼저 거둔 것.
    ready: Vec<(Key, Done)>,
    enters: usize,
    overflows: usize,
}
// ANCHOR_END: ring

impl Ring {
    /// 제출 큐가 `entries`칸인 드라이버를 연다. 완료 큐는 그 두 배이다.
    ///
    /// # Errors
    ///
    /// 커널이 io_uring을 모르거나 막아 두었으면 그 오류를 돌려준다.
    pub fn new(entries: u32) -> io::Result<Ring> {
        // 완료를 이 스레드가 enter를 부를 때만 처리하게 한다. 옛 커널은 모르는 설정이다.
        let tuned = IoUring::builder()
            .setup_single_issuer()
            .setup_defer_taskrun()
            .build(entries);
        let io = match tuned {
            Err(error) if error.raw_os_error() == Some(libc::EINVAL) => IoUring::new(entries)?,
            tuned => tuned?,
        };
        // 기한을 두고 기다리는 enter는 Linux 5.11부터 있다. 없으면 돌다가 실패하지 않게 여는 자리에서 거절한다.
        if !io.params().is_feature_ext_arg() {
            return Err(io::ErrorKind::Unsupported.into());
        }
        Ok(Ring {
            io,
            flights: Flights::default(),
            ready: Vec::new(),
            enters: 0,
            overflows: 0,
        })
    }

    // ANCHOR: push
    /// 제출 큐에 한 칸을 적는다. 가득 찼으면 커널에 넘겨 비우고 다시 적는다.
    fn push(&mut self, entry: &squeue::Entry) -> io::Result<()> {
        while self.try_push(entry).is_err() {
            self.reap();
            self.enter(Some(Duration::ZERO))?;
        }
        Ok(())
    }

    /// 자리가 없으면 적지 않고 오류를 돌려준다.
    fn try_push(&mut self, entry: &squeue::Entry) -> Result<(), squeue::PushError> {
        // SAFETY: entry가 가리키는 버퍼와 소켓은 flights의 것이다. flights는 같은 열쇠의
        // 완료를 거둘 때까지 꺼내거나 고치지 않고, Ring은 모두 거둔 다음에야 사라진다.
        unsafe { self.io.submission().push(entry) }
    }
    // ANCHOR_END: push

    // ANCHOR: enter
    /// 시스템 콜 한 번. 제출 큐에 쌓인 것을 모두 넘기고 완료 하나를 기다린다.
    fn enter(&mut self, timeout: Option<Duration>) -> io::Result<()> {
        self.enters += 1;
        let limit = timeout.map(Timespec::from);
        let args = SubmitArgs::new();
        let args = limit.iter().fold(args, |args, limit| args.timespec(limit));
        match self.io.submitter().submit_with_args(1, &args) {
            Ok(_) => Ok(()),
            // 시간이 다 되었거나, 신호를 받았거나, 완료 큐부터 비워 달라는 뜻이다.
            Err(error) => match error.raw_os_error() {
                Some(libc::ETIME | libc::EINTR | libc::EBUSY) => Ok(()),
                _ => Err(error),
            },
        }
    }
    // ANCHOR_END: enter

    // ANCHOR: reap
    /// 완료 큐를 비운다. 시스템 콜은 없다.
    fn reap(&mut self) {
        self.overflows += usize::from(self.io.submission().cq_overflow());
        for cqe in self.io.completion() {
            let key = mio::Token(cqe.user_data() as usize);
            let Some(flight) = self.flights.land(key) else {
                continue; // 취소 요청의 답이다.
            };
            let done = finish(flight.op, cqe.result());
            if !flight.abandoned {
                self.ready.push((key, done));
            }
        }
    }
    // ANCHOR_END: reap

    /// 완료 큐가 넘친 것을 본 횟수.
    pub fn overflows(&self) -> usize {
        self.overflows
    }
}

// ANCHOR: entry
/// 일을 제출 큐의 한 칸으로 옮긴다. 버퍼는 주소와 길이로만 넘어간다.
fn entry(op: &mut Op) -> squeue::Entry {
    match op {
        Op::Accept(listener) => {
            let fd = Fd(listener.as_raw_fd());
            opcode::Accept::new(fd, ptr::null_mut(), ptr::null_mut())
                .flags(libc::SOCK_CLOEXEC)
                .build()
        }
        Op::Recv(stream, buf) => {
            let fd = Fd(stream.as_raw_fd());
            opcode::Recv::new(fd, buf.as_mut_ptr(), length(buf)).build()
        }
        Op::Send(stream, buf, from) => {
            let (fd, rest) = (Fd(stream.as_raw_fd()), &buf[*from..]);
            opcode::Send::new(fd, rest.as_ptr(), length(rest))
                .flags(libc::MSG_NOSIGNAL)
                .build()
        }
    }
}
// ANCHOR_END: entry

/// 커널이 받는 길이. 더 긴 버퍼는 앞부분만 쓴다.
fn length(buf: &[u8]) -> u32 {
    u32::try_from(buf.len()).unwrap_or(u32::MAX)
}

// ANCHOR: finish
/// 커널이 적은 수를 결과로 옮긴다. 음수는 오류 번호이다.
fn finish(op: Op, number: i32) -> Done {
    let result = match number {
        0.. => Ok(number),
        _ => Err(io::Error::from_raw_os_error(-number)),
    };
    match op {
        Op::Accept(listener) => {
            // SAFETY: 방금 끝난 accept가 연 디스크립터라 주인이 없다.
            let stream = result.map(|fd| unsafe { TcpStream::from_raw_fd(fd) });
            Done::Accept(listener, stream)
        }
        Op::Recv(stream, buf) => Done::Recv(stream, buf, result.map(|count| count as usize)),
        Op::Send(stream, buf, from) => {
            Done::Send(stream, buf, from, result.map(|count| count as usize))
        }
    }
}
// ANCHOR_END: finish

impl Driver for Ring {
    // ANCHOR: submit
    fn submit(&mut self, op: Op) -> io::Result<Ticket> {
        let ticket = self.flights.add(op);
        let flight = self.flights.get(ticket.key()).expect("방금 넣었다");
        let entry = entry(&mut flight.op).user_data(ticket.key().0 as u64);
        if let Err(error) = self.push(&entry) {
            self.flights.land(ticket.key());
            return Err(error);
        }
        Ok(ticket)
    }

    fn turn(&mut self, timeout: Option<Duration>) -> io::Result<Vec<(Key, Done)>> {
        for key in self.flights.take_cancels() {
            let cancel = opcode::AsyncCancel::new(key.0 as u64);
            self.push(&cancel.build().user_data(CANCEL))?;
        }
        let waits = self.ready.is_empty();
        self.enter(if waits { timeout } else { Some(Duration::ZERO) })?;
        self.reap();
        Ok(mem::take(&mut self.ready))
    }
    // ANCHOR_END: submit

    fn cancel(&mut self, key: Key) {
        self.flights.cancel(key);
    }

    fn in_flight(&self) -> usize {
        self.flights.len()
    }

    fn calls(&self) -> usize {
        self.enters
    }
}

// ANCHOR: drop
impl Drop for Ring {
    /// 커널이 버퍼를 모두 다 쓸 때까지 기다린다.
    fn drop(&mut self) {
        self.flights.abandon_all();
        while self.flights.len() > 0 {
            if self.turn(None).is_err() {
                // 커널이 다 썼는지 알 수 없는 버퍼는 영영 남겨 둔다.
                mem::forget(mem::take(&mut self.flights));
                return;
            }
        }
    }
}
// ANCHOR_END: drop
