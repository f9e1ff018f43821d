// 연결마다 고루틴을 하나씩 붙이는 서버. 느린 손님은 자기 고루틴만 세운다.
package main

import (
	"bufio"
	"fmt"
	"net"
	"strings"
	"sync"
	"time"
)

func main() {
	fmt.Println("== 느린 손님 ==")
	slowGuest()
	fmt.Println("== 함께 세기 ==")
	countTogether()
	fmt.Println("== 백 개가 함께 기다리기 ==")
	waitTogether()
	fmt.Println("== 작업 스레드 둘 ==")
	twoWorkers()
}

// talk는 손님이 연결을 닫을 때까지 주문마다 답하고, 답한 수를 돌려준다.
func talk(conn net.Conn) int {
	defer conn.Close()
	answered := 0
	for lines := bufio.NewScanner(conn); lines.Scan(); answered++ {
		number := strings.TrimPrefix(lines.Text(), "주문 ")
		fmt.Fprintf(conn, "확인 %s\n", number)
	}
	return answered
}

// ANCHOR: serve
// serve는 손님을 guests명까지 받고, 한 명에 고루틴 하나씩 붙인다.
func serve(listener net.Listener, guests int, log chan<- string) {
	var all sync.WaitGroup
	for guest := 1; guest <= guests; guest++ {
		conn := accept(listener)
		log <- fmt.Sprintf("손님%d 맞음", guest)
		all.Add(1)
		go func(guest int) {
			defer all.Done()
			talk(conn)
			log <- fmt.Sprintf("손님%d 보냄", guest)
		}(guest)
	}
	all.Wait()
}

// ANCHOR_END: serve

// serveCounting은 serve와 같지만, 답한 주문을 모든 고루틴이 함께 센다.
func serveCounting(listener net.Listener, guests int, log chan<- string) {
	var all sync.WaitGroup
	var lock sync.Mutex
	total := 0
	for guest := 1; guest <= guests; guest++ {
		conn := accept(listener)
		all.Add(1)
		go func(guest int) {
			defer all.Done()
			answered := talk(conn)
			lock.Lock()
			defer lock.Unlock()
			total += answered
			log <- fmt.Sprintf("손님%d 보냄, 모두 %d개", guest, total)
		}(guest)
	}
	all.Wait()
}

// serveWithPool은 고루틴 workers개를 미리 띄워 두고, 받은 손님을 채널에 세운다.
func serveWithPool(listener net.Listener, workers, guests int, log chan<- string) {
	type arrival struct {
		guest int
		conn  net.Conn
	}
	queue := make(chan arrival, guests)
	var all sync.WaitGroup
	for worker := 0; worker < workers; worker++ {
		all.Add(1)
		go func() {
			defer all.Done()
			for next := range queue {
				log <- fmt.Sprintf("손님%d 맞음", next.guest)
				talk(next.conn)
				log <- fmt.Sprintf("손님%d 보냄", next.guest)
			}
		}()
	}
	for guest := 1; guest <= guests; guest++ {
		queue <- arrival{guest, accept(listener)}
	}
	close(queue)
	all.Wait()
}

func slowGuest() {
	address, hear, done := start(func(listener net.Listener, log chan<- string) {
		serve(listener, 3, log)
	})
	slow := connect(1, address)
	hear()
	for number := 2; number <= 3; number++ {
		guest := connect(number, address)
		hear()
		guest.order()
		guest.readReply()
		guest.leave()
		hear()
	}
	slow.order()
	slow.readReply()
	slow.leave()
	hear()
	<-done
}

func countTogether() {
	address, hear, done := start(func(listener net.Listener, log chan<- string) {
		serveCounting(listener, 3, log)
	})
	guests := []guest{connect(1, address), connect(2, address), connect(3, address)}
	for _, guest := range guests {
		guest.order()
		guest.readReply()
		guest.leave()
		hear()
	}
	<-done
}

func waitTogether() {
	var started, ended sync.WaitGroup
	gate := make(chan struct{})
	started.Add(100)
	ended.Add(100)
	for range make([]struct{}, 100) {
		go func() {
			started.Done()
			<-gate
			ended.Done()
		}()
	}
	started.Wait()
	fmt.Println("[Go] 고루틴 100개가 모두 기다리는 중")
	close(gate)
	ended.Wait()
	fmt.Println("서버: 모두 끝남")
}

func twoWorkers() {
	address, hear, done := start(func(listener net.Listener, log chan<- string) {
		serveWithPool(listener, 2, 3, log)
	})
	first := connect(1, address)
	hear()
	second := connect(2, address)
	hear()
	third := connect(3, address)
	third.order()
	third.look()
	second.order()
	second.readReply()
	second.leave()
	hear()
	hear()
	third.readReply()
	third.leave()
	hear()
	first.leave()
	hear()
	<-done
}

// start는 서버를 다른 고루틴에서 돌린다. hear는 서버가 겪은 일을 하나 기다려서 찍는다.
func start(run func(net.Listener, chan<- string)) (string, func(), <-chan struct{}) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	must(err)
	log := make(chan string, 16)
	done := make(chan struct{})
	go func() {
		defer close(done)
		defer listener.Close()
		run(listener, log)
	}()
	hear := func() { fmt.Println("서버:", <-log) }
	return listener.Addr().String(), hear, done
}

func accept(listener net.Listener) net.Conn {
	conn, err := listener.Accept()
	must(err)
	return conn
}

type guest struct {
	number int
	conn   net.Conn
}

func connect(number int, address string) guest {
	conn, err := net.Dial("tcp", address)
	must(err)
	fmt.Printf("손님%d: 접속\n", number)
	return guest{number, conn}
}

func (g guest) order() {
	fmt.Printf("손님%d: 주문 %d\n", g.number, g.number)
	fmt.Fprintf(g.conn, "주문 %d\n", g.number)
}

func (g guest) readReply() {
	reply, err := bufio.NewReader(g.conn).ReadString('\n')
	must(err)
	fmt.Printf("손님%d: %s", g.number, reply)
}

// look은 답이 와 있는지 기다리지 않고 들여다본다. 기한이 이미 지난 읽기는 곧바로 돌아온다.
func (g guest) look() {
	must(g.conn.SetReadDeadline(time.Now().Add(-time.Second)))
	if _, err := g.conn.Read(make([]byte, 1)); err == nil {
		panic("답이 와 있다")
	}
	must(g.conn.SetReadDeadline(time.Time{}))
	fmt.Printf("손님%d: 아직 답이 없음\n", g.number)
}

func (g guest) leave() {
	fmt.Printf("손님%d: 떠남\n", g.number)
	must(g.conn.Close())
}

func must(err error) {
	if err != nil {
		panic(err)
	}
}
