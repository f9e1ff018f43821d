//! 아무도 듣지 않는 거부를 지켜보는 자리.

use std::any::Any;
use std::rc::Rc;

// ANCHOR: tracker
/// 거부를 지켜보는 쪽. ECMAScript의 `HostPromiseRejectionTracker`와 같은 두 가지를 듣는다.
///
/// 프로미스는 타입을 지운 채 온다. 어느 프로미스인지 가릴 수 있을 뿐 들여다볼 수는 없다.
/// 정하거나 거는 도중에 불리므로 여기서 큐를 돌리지 않는다. 콜백을 거는 것은 괜찮다.
pub trait Tracker {
    /// 콜백이 하나도 걸리지 않은 프로미스가 `reason`으로 거부되었다.
    fn rejected(&self, promise: Rc<dyn Any>, reason: &dyn Any);

    /// 이미 거부된 프로미스에 콜백이 걸렸다.
    fn handled(&self, promise: Rc<dyn Any>);
}
// ANCHOR_END: tracker
