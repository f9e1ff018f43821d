//! 기다리는 퓨처 속의 노드를 잇는 목록. 힙을 쓰지 않는다.

use std::cell::{Cell, RefCell};
use std::iter;
use std::marker::PhantomPinned;
use std::pin::Pin;
use std::ptr;
use std::task::{Context, Poll, Waker};

// ANCHOR: node
/// 열리기를 기다리는 쪽의 목록. 노드는 여기가 아니라 기다리는 퓨처 안에 있다.
#[derive(Default)]
pub struct Gate {
    open: Cell<bool>,
    head: Cell<Link>,
}

type Link = Option<ptr::NonNull<Node>>;

/// 목록의 노드. 남이 주소를 쥐므로, 목록에 있는 동안 옮기면 안 된다.
#[derive(Default)]
pub struct Node {
    next: Cell<Link>,
    listed: Cell<bool>,
    waker: RefCell<Option<Waker>>,
    _pinned: PhantomPinned,
}
// ANCHOR_END: node

// ANCHOR: waiting
/// `Gate`가 열리기를 기다리는 퓨처. 버리면 목록에서 빠진다.
pub struct Waiting<'a> {
    gate: &'a Gate,
    node: Node,
}

impl Future for Waiting<'_> {
    type Output = ();

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        // SAFETY: 고정되어 있으니 버려질 때까지 이 자리에 있고, Drop이 목록에서 뺀다.
        unsafe { self.gate.poll_open(&self.node, cx) }
    }
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        if self.node.listed.get() {
            self.gate.remove(&self.node);
        }
    }
}
// ANCHOR_END: waiting

impl Gate {
    /// 열리기를 기다린다. 처음 폴링할 때 목록에 선다.
    pub fn wait(&self) -> Waiting<'_> {
        Waiting {
            gate: self,
            node: Node::default(),
        }
    }

    // ANCHOR: gate
    /// 열렸는지 묻는다. 아니면 `node`를 목록에 적는다.
    ///
    /// # Safety
    /// `node`는 버려질 때까지 그 자리에 있어야 하고, 버려지기 전에 목록에서 빠져야 한다.
    pub unsafe fn poll_open(&self, node: &Node, cx: &mut Context<'_>) -> Poll<()> {
        if self.open.get() {
            return Poll::Ready(());
        }
        node.waker.replace(Some(cx.waker().clone()));
        if !node.listed.replace(true) {
            node.next.set(self.head.replace(Some(node.into())));
        }
        Poll::Pending
    }

    /// 열고, 기다리던 쪽을 모두 깨운다.
    pub fn open(&self) {
        self.open.set(true);
        // 깨어난 쪽이 그 자리에서 노드를 버릴 수 있다. 그래서 목록을 다 훑은 다음에 깨운다.
        let wakers: Vec<Waker> = self.nodes().filter_map(|node| node.waker.take()).collect();
        wakers.into_iter().for_each(Waker::wake);
    }
    // ANCHOR_END: gate

    // ANCHOR: list
    fn nodes(&self) -> impl Iterator<Item = &Node> {
        let mut link = self.head.get();
        iter::from_fn(move || {
            // SAFETY: 목록에 있는 노드는 아직 버려지지 않았다.
            let node = unsafe { link?.as_ref() };
            link = node.next.get();
            Some(node)
        })
    }

    fn remove(&self, gone: &Node) {
        let next = gone.next.take();
        let before = self
            .nodes()
            .find(|node| node.next.get() == Some(gone.into()));
        match before {
            Some(node) => node.next.set(next),
            None => self.head.set(next),
        }
        gone.listed.set(false);
    }
    // ANCHOR_END: list

    /// 기다리는 쪽의 수.
    pub fn len(&self) -> usize {
        self.nodes().count()
    }

    /// 기다리는 쪽이 없는지.
    pub fn is_empty(&self) -> bool {
        self.head.get().is_none()
    }

    /// 목록의 처음에 적힌 주소. 따라가지 않고 견주기만 한다.
    pub fn first(&self) -> *const Node {
        self.head.get().map_or(ptr::null(), |node| node.as_ptr())
    }
}
