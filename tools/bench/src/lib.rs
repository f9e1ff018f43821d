//! 손으로 만든 것과 라이브러리의 것을 한 프로그램에서 번갈아 재어 비율로 견준다.
//!
//! # 재는 법
//!
//! 기계가 붐비거나 클럭이 바뀌면 시간은 흔들리지만, 바로 잇달아 잰 둘은 함께 흔들린다.
//! 그래서 시간을 따로 모아 평균을 나누지 않고, 한 바퀴에서 모두를 한 번씩 재어 그 바퀴의 비율을 얻는다.
//! 내놓는 수는 바퀴마다 얻은 비율의 중앙값이고, 흔들림은 사분위로 적는다. 어느 바퀴가 통째로 느려져도
//! 비율은 남고, 한쪽만 끊긴 바퀴는 중앙값이 버린다.
//!
//! 같은 프로그램도 메모리의 배치가 바뀌면 빠르기가 달라진다. 그래서 프로세스 여럿을 따로 띄워 조금씩 재고 모은다.
//!
//! 짝지어 재는 생각은 Bulej 등의 "Duet Benchmarking: Improving Measurement Accuracy in the Cloud"(ICPE 2020)에서
//! 왔다. 거기에서는 둘을 함께 돌리지만, 여기의 것은 스레드를 재우고 깨우므로 번갈아 돌린다. criterion과 divan은
//! 하나를 다 잰 다음에 다른 하나를 재므로 짝이 없다. 프로세스를 여럿 띄우는 것은 Kalibera와 Jones의
//! "Rigorous Benchmarking in Reasonable Time"(ISMM 2013)을 따랐다.
//!
//! # 더하는 법
//!
//! [`cases`]에 모듈을 하나 두고 [`Case`](case::Case)를 내놓게 한 다음 [`cases::all`]에 잇는다. 다른 프로세스에 시키는
//! 상대도 횟수를 받아 걸린 시간을 돌려주기만 하면 된다. 도구가 없는 상대는 내놓지 않는다.

pub mod case;
pub mod cases;
pub mod cli;
mod load;
pub mod measure;
pub mod peer;
pub mod record;
mod runtimes;
pub mod stats;
pub mod table;
