//! 가짜 터미널. 글쇠를 보내고, 화면에 보이는 글을 읽는다.

use std::fs::{File, OpenOptions};
use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::os::fd::OwnedFd;
use std::process::{Child, Command, ExitStatus};
use std::sync::{Arc, Condvar, Mutex};
use std::thread;
use std::time::Duration;

use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
use rustix::termios::{Winsize, tcgetattr, tcsetwinsize};
use wait_timeout::ChildExt;

/// 바쁜 기계에서도 이 안에는 보여야 한다.
pub const PATIENCE: Duration = Duration::from_secs(60);

/// 가짜 터미널에서 도는 프로그램.
pub struct Terminal {
    keys: File,
    child: Child,
    screen: Arc<(Mutex<vt100::Parser>, Condvar)>,
    modes: String,
}

impl Terminal {
    /// `rows`줄 `columns`칸의 터미널에서 띄운다.
    pub fn start(mut command: Command, rows: u16, columns: u16) -> Terminal {
        let pty = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).expect("가짜 터미널을 연다");
        grantpt(&pty).expect("내준다");
        unlockpt(&pty).expect("푼다");
        let name = ptsname(&pty, Vec::new()).expect("이름이 있다");
        let name = name.to_str().expect("아스키이다").to_owned();
        let side = || -> OwnedFd {
            let opened = OpenOptions::new().read(true).write(true).open(&name);
            opened.expect("반대쪽을 연다").into()
        };
        let size = Winsize {
            ws_row: rows,
            ws_col: columns,
            ws_xpixel: 0,
            ws_ypixel: 0,
        };
        tcsetwinsize(&pty, size).expect("크기를 정한다");
        let modes = format!("{:?}", tcgetattr(&pty).expect("읽는다"));
        command
            .stdin(side())
            .stdout(side())
            .stderr(side())
            .env("TERM", "xterm-256color");
        let child = command.spawn().expect("띄운다");
        drop(command);

        let keys = File::from(pty);
        let mut output = keys.try_clone().expect("복제한다");
        let screen = Arc::new((
            Mutex::new(vt100::Parser::new(cells(rows), cells(columns), 0)),
            Condvar::new(),
        ));
        let drawn = Arc::clone(&screen);
        thread::spawn(move || {
            let mut bytes = [0; 4096];
            // 프로그램이 끝나면 읽기가 오류로 끝난다.
            while let Ok(count @ 1..) = output.read(&mut bytes) {
                drawn
                    .0
                    .lock()
                    .expect("패닉하지 않는다")
                    .process(&bytes[..count]);
                drawn.1.notify_all();
            }
        });
        Terminal {
            keys,
            child,
            screen,
            modes,
        }
    }

    /// 글쇠를 누른다.
    pub fn press(&mut self, keys: &str) {
        self.keys.write_all(keys.as_bytes()).expect("보낸다");
    }

    /// 화면에 모두 보일 때까지 기다린다.
    pub fn expect(&self, words: &[&str]) -> String {
        let (screen, drawn) = &*self.screen;
        let missing = |parser: &mut vt100::Parser| {
            let text = parser.screen().contents();
            words.iter().any(|word| !text.contains(word))
        };
        let parser = screen.lock().expect("패닉하지 않는다");
        let (parser, waited) = drawn
            .wait_timeout_while(parser, PATIENCE, missing)
            .expect("패닉하지 않는다");
        let text = parser.screen().contents();
        assert!(!waited.timed_out(), "{words:?}가 보이지 않습니다\n{text}");
        text
    }

    /// 화면의 너비를 넘쳐 터미널이 스스로 줄을 바꾼 줄.
    pub fn overflowing_rows(&self) -> Vec<String> {
        let parser = self.screen.0.lock().expect("패닉하지 않는다");
        let (_, columns) = parser.screen().size();
        let rows: Vec<String> = parser.screen().rows(0, columns.get()).collect();
        let wrapped = |(at, _): &(usize, String)| {
            u16::try_from(*at).is_ok_and(|at| parser.screen().row_wrapped(at))
        };
        rows.into_iter()
            .enumerate()
            .filter(wrapped)
            .map(|(_, row)| row)
            .collect()
    }

    /// 프로세스 번호.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// 끝나기를 기다린다. 터미널의 모양이 처음과 같아야 한다.
    pub fn ends_as_found(mut self) -> ExitStatus {
        let ended = self.child.wait_timeout(PATIENCE).expect("기다린다");
        let status = ended.expect("나가라고 하면 나간다");
        let modes = format!("{:?}", tcgetattr(&self.keys).expect("읽는다"));
        assert_eq!(modes, self.modes, "터미널의 모양이 처음과 다릅니다");
        status
    }
}

fn cells(count: u16) -> NonZeroU16 {
    NonZeroU16::new(count).expect("터미널은 비어 있지 않다")
}

impl Drop for Terminal {
    fn drop(&mut self) {
        // 테스트가 실패해도 프로그램을 남기지 않는다.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
