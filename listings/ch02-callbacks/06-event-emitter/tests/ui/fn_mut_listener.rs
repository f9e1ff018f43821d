struct Emitter<E> {
    listeners: Vec<Box<dyn FnMut(&E)>>,
}

impl<E> Emitter<E> {
    fn emit(&self, event: &E) {
        for listener in &self.listeners {
            listener(event);
        }
    }
}

fn main() {
    let orders = Emitter { listeners: Vec::new() };
    orders.emit(&1);
}
