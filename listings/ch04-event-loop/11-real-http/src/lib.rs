//! 미니 런타임에 hyper를 올린다. 런타임과 hyper를 잇는 어댑터, 서버, 클라이언트가 있다.

mod client;
mod io;
mod patience;
mod serve;
mod timer;

use std::error::Error;
use std::pin::Pin;

use bytes::Bytes;
use futures::StreamExt;
use futures::stream::unfold;
use http_body_util::{BodyExt, Full, StreamBody};
use hyper::body::Frame;

use ch04_10_mini_runtime::channel::Receiver;

pub use client::connect;
pub use io::Io;
pub use patience::{Patience, Patient};
pub use serve::{Limits, Report, serve};
pub use timer::Timer;

/// hyper가 받아 주는 오류.
pub type BoxError = Box<dyn Error + Send + Sync>;

/// 타입을 지운 본문. 런타임의 스레드를 떠나지 않으므로 `Send`가 아니어도 된다.
pub type Body = Pin<Box<dyn hyper::body::Body<Data = Bytes, Error = BoxError>>>;

/// 이미 다 있는 본문.
pub fn full(bytes: impl Into<Bytes>) -> Body {
    Box::pin(Full::new(bytes.into()).map_err(|never| match never {}))
}

/// 채널에서 오는 대로 흘려보내는 본문. 보내는 쪽을 모두 버리면 끝난다.
pub fn streamed(chunks: Receiver<Bytes>) -> Body {
    let chunks = unfold(chunks, |mut chunks| async { Some((chunks.recv().await?, chunks)) });
    Box::pin(StreamBody::new(chunks.map(|chunk| Ok(Frame::data(chunk)))))
}
