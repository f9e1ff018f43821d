//! 자기 참조를 옮겨 보고, 고정해 보고, 고정을 어겨 본다.

mod story;

fn main() {
    story::language();
    story::moves();
    story::swapped();
    story::pinned();
    story::unpin();
    story::wrapped();
    story::unlisted();
    story::forgotten();
    story::claimed();
    story::unpinned();
    story::lent();
    story::stayed();
}
