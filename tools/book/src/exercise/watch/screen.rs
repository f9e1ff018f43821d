//! 터미널. 글쇠를 하나씩 읽고, 나갈 때 처음 모양으로 되돌려 놓는다.

use std::io::{self, Write};
use std::time::Duration;

use anyhow::{Context, Result};
use crossterm::cursor::MoveTo;
use crossterm::event::{self, Event, KeyCode, KeyEventKind, KeyModifiers};
use crossterm::terminal::{Clear, ClearType, disable_raw_mode, enable_raw_mode};
use crossterm::{execute, queue};

/// 사람이 한 일.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Key {
    /// 글쇠 하나. 한글 자판에서 눌러도 같은 자리의 로마자가 온다.
    Char(char),
    /// Ctrl+C.
    Interrupt,
    /// 터미널의 크기가 바뀌었다.
    Resize,
}

/// 열려 있는 터미널. 버리면 처음 모양으로 돌아간다. 패닉으로 버려질 때도 그렇다.
pub struct Screen(());

impl Screen {
    /// 글쇠를 하나씩 읽는 모양으로 바꾼다.
    ///
    /// # Errors
    ///
    /// 터미널을 다룰 수 없으면 오류를 돌려준다.
    pub fn open() -> Result<Screen> {
        enable_raw_mode().context("터미널을 다룰 수 없습니다")?;
        Ok(Screen(()))
    }

    /// 화면을 지우고 글을 보인다.
    ///
    /// # Errors
    ///
    /// 터미널에 쓸 수 없으면 오류를 돌려준다.
    pub fn show(&mut self, text: &str) -> Result<()> {
        let mut out = io::stdout().lock();
        queue!(out, Clear(ClearType::All), MoveTo(0, 0))?;
        // 지금 모양에서는 줄 바꿈이 첫 칸으로 돌아가지 않는다.
        out.write_all(text.replace('\n', "\r\n").as_bytes())?;
        out.flush()?;
        Ok(())
    }

    /// 글쇠를 `wait`까지만 기다린다.
    ///
    /// # Errors
    ///
    /// 터미널에서 읽을 수 없으면 오류를 돌려준다.
    pub fn key(&mut self, wait: Duration) -> Result<Option<Key>> {
        if !event::poll(wait)? {
            return Ok(None);
        }
        Ok(match event::read()? {
            Event::Resize(..) => Some(Key::Resize),
            Event::Key(key) if key.kind == KeyEventKind::Press => match key.code {
                KeyCode::Char('c') if key.modifiers.contains(KeyModifiers::CONTROL) => {
                    Some(Key::Interrupt)
                }
                KeyCode::Char(c) => Some(Key::Char(latin(c))),
                _ => Some(Key::Char(' ')),
            },
            _ => None,
        })
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        let _ = disable_raw_mode();
        let _ = execute!(io::stdout(), crossterm::style::Print("\n"));
    }
}

/// 두벌식 자판에서 같은 자리에 있는 로마자.
fn latin(c: char) -> char {
    match c {
        'ㅜ' => 'n',
        'ㅗ' => 'h',
        'ㅇ' => 'd',
        'ㅣ' => 'l',
        'ㄱ' | 'ㄲ' => 'r',
        'ㅂ' | 'ㅃ' => 'q',
        other => other.to_ascii_lowercase(),
    }
}
