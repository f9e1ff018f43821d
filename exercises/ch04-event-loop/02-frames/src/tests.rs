//! 고치지 마세요. 여러분이 고치는 파일은 `src/lib.rs`입니다.

use ex04_02_frames::{Decoder, FrameError};

const LIMIT: u32 = 8;

/// 본문 앞에 길이를 붙인다.
fn frame(body: &[u8]) -> Vec<u8> {
    let length = u32::try_from(body.len()).expect("짧은 본문");
    [&length.to_be_bytes(), body].concat()
}

/// `None`이 나올 때까지 꺼낸다. 끝나지 않는 답은 여기서 멈춘다.
fn take_all(decoder: &mut Decoder) -> Vec<Vec<u8>> {
    let mut frames = Vec::new();
    while let Some(body) = decoder.decode().expect("한도 안의 프레임이다") {
        frames.push(body);
        assert!(
            frames.len() < 100,
            "받은 것보다 많은 프레임이 나옵니다. 꺼낸 프레임은 버퍼에서 빠져야 합니다"
        );
    }
    frames
}

/// 한 번에 온 프레임 하나를 꺼낸다
#[test]
fn basic_one_whole_frame() {
    let mut decoder = Decoder::new(LIMIT);
    assert_eq!(
        decoder.decode(),
        Ok(None),
        "아직 아무것도 오지 않았으니 None이어야 합니다"
    );
    decoder.feed(&frame(b"hello"));
    assert_eq!(
        decoder.decode(),
        Ok(Some(b"hello".to_vec())),
        "프레임이 다 왔으면 길이를 뗀 본문이 나와야 합니다"
    );
    assert_eq!(
        decoder.decode(),
        Ok(None),
        "꺼낸 프레임이 다시 나오면 안 됩니다"
    );
}

/// 한 번에 온 프레임 여럿을 차례대로 꺼낸다
#[test]
fn frames_in_one_chunk_come_one_by_one() {
    let mut decoder = Decoder::new(LIMIT);
    let mut chunk = [frame(b"one"), frame(b"two"), frame(b"three")].concat();
    let rest = chunk.split_off(chunk.len() - 2);
    decoder.feed(&chunk);
    assert_eq!(
        take_all(&mut decoder),
        [b"one", b"two"],
        "다 온 둘이 차례대로 나오고 덜 온 셋째는 기다려야 합니다"
    );
    decoder.feed(&rest);
    assert_eq!(
        take_all(&mut decoder),
        [b"three"],
        "셋째의 앞부분은 버려지지 않고 남아 있어야 합니다"
    );
}

/// 어디에서 잘려 와도 같은 프레임이 나온다
#[test]
fn any_chunking_gives_the_same_frames() {
    let bodies: [&[u8]; 3] = [b"ab", b"", b"c"];
    let stream: Vec<u8> = bodies.iter().flat_map(|body| frame(body)).collect();
    // 비트 하나가 자를 수 있는 자리 하나이다.
    for cuts in 0..1u32 << (stream.len() - 1) {
        let mut decoder = Decoder::new(LIMIT);
        let mut frames = Vec::new();
        let mut start = 0;
        for end in 1..=stream.len() {
            if end == stream.len() || cuts & 1 << (end - 1) != 0 {
                decoder.feed(&stream[start..end]);
                frames.extend(take_all(&mut decoder));
                start = end;
            }
        }
        assert_eq!(
            frames, bodies,
            "자른 자리({cuts:b})가 달라도 나오는 프레임은 같아야 합니다"
        );
    }
}

/// 길이가 0인 프레임도 나온다
#[test]
fn an_empty_frame_is_a_frame() {
    let mut decoder = Decoder::new(LIMIT);
    decoder.feed(&[frame(b""), frame(b""), frame(b"x")].concat());
    assert_eq!(
        take_all(&mut decoder),
        [&b""[..], b"", b"x"],
        "빈 본문은 None이 아니라 Some(빈 벡터)입니다"
    );
}

/// 길이는 큰 자리부터 읽는다
#[test]
fn the_length_is_big_endian() {
    let body = vec![7; 258];
    let mut decoder = Decoder::new(300);
    decoder.feed(&[0, 0, 1, 2]);
    assert_eq!(
        decoder.decode(),
        Ok(None),
        "0, 0, 1, 2는 258바이트이고 본문은 아직 오지 않았습니다"
    );
    decoder.feed(&body);
    assert_eq!(
        decoder.decode(),
        Ok(Some(body)),
        "258바이트가 모두 왔으니 나와야 합니다"
    );
}

/// 한도와 같은 길이는 받는다
#[test]
fn the_limit_itself_is_allowed() {
    let body = [1; LIMIT as usize];
    let mut decoder = Decoder::new(LIMIT);
    decoder.feed(&frame(&body));
    assert_eq!(
        decoder.decode(),
        Ok(Some(body.to_vec())),
        "본문이 꼭 limit바이트이면 넘은 것이 아닙니다"
    );
}

/// 너무 긴 프레임은 길이만 보고 거절한다
#[test]
fn too_long_is_refused_before_the_body() {
    for length in [LIMIT + 1, u32::MAX] {
        let mut decoder = Decoder::new(LIMIT);
        decoder.feed(&length.to_be_bytes()[..3]);
        assert_eq!(
            decoder.decode(),
            Ok(None),
            "길이가 다 오기 전에는 알 수 없습니다"
        );
        decoder.feed(&length.to_be_bytes()[3..]);
        assert_eq!(
            decoder.decode(),
            Err(FrameError::TooLong { length }),
            "본문을 기다리면 상대가 보내는 대로 메모리가 늘어납니다. 길이가 오자마자 거절해야 합니다"
        );
    }
}

/// 너무 긴 것의 앞에 온 프레임은 먼저 나온다
#[test]
fn frames_before_the_long_one_come_out() {
    let mut decoder = Decoder::new(LIMIT);
    decoder.feed(&[frame(b"ok"), frame(b"too long!")].concat());
    assert_eq!(
        decoder.decode(),
        Ok(Some(b"ok".to_vec())),
        "뒤의 것이 잘못되었어도 앞의 것은 다 왔습니다"
    );
    assert_eq!(
        decoder.decode(),
        Err(FrameError::TooLong { length: 9 }),
        "본문까지 다 왔어도 한도를 넘으면 받지 않습니다"
    );
}

/// 거절한 다음에는 계속 거절한다
#[test]
fn a_refusal_is_final() {
    let mut decoder = Decoder::new(LIMIT);
    decoder.feed(&frame(b"too long!"));
    decoder.feed(&frame(b"ok"));
    for _ in 0..3 {
        assert_eq!(
            decoder.decode(),
            Err(FrameError::TooLong { length: 9 }),
            "다음 프레임이 어디서 시작하는지 더는 믿을 수 없으므로 같은 오류만 돌려주어야 합니다"
        );
    }
    assert_eq!(
        decoder.decode_eof(),
        Err(FrameError::TooLong { length: 9 }),
        "상대가 다 보냈어도 까닭은 그대로입니다"
    );
}

/// 프레임 사이에서 끝난 것과 가운데에서 끝난 것을 가린다
#[test]
fn every_cut_knows_whether_it_is_clean() {
    let stream = [frame(b"ab"), frame(b""), frame(b"c")].concat();
    let ends = [0, 6, 10, 15];
    for cut in 0..=stream.len() {
        let mut decoder = Decoder::new(LIMIT);
        decoder.feed(&stream[..cut]);
        take_all(&mut decoder);
        let left = cut - ends.iter().filter(|end| **end <= cut).max().unwrap_or(&0);
        let expected = match left {
            0 => Ok(None),
            left => Err(FrameError::Truncated { left }),
        };
        assert_eq!(
            decoder.decode_eof(),
            expected,
            "{cut}바이트에서 끊기면 프레임이 되지 못한 것은 {left}바이트입니다"
        );
    }
}

/// 끝난 다음에도 다 온 프레임은 나온다
#[test]
fn whole_frames_come_before_the_end() {
    let mut decoder = Decoder::new(LIMIT);
    decoder.feed(&[frame(b"one"), frame(b"two"), vec![0, 0]].concat());
    for body in [b"one", b"two"] {
        assert_eq!(
            decoder.decode_eof(),
            Ok(Some(body.to_vec())),
            "끊기기 전에 다 온 프레임을 버리면 안 됩니다"
        );
    }
    assert_eq!(
        decoder.decode_eof(),
        Err(FrameError::Truncated { left: 2 }),
        "길이를 적다 말고 끊긴 것도 가운데에서 끊긴 것입니다"
    );
}
