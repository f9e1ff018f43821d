// 같은 이야기를 Go의 채널로 쓴 것. 채널은 언어에 들어 있다.
package main

import "fmt"

func main() {
	onlyInRust("쌓이는 큐")
	fmt.Println("== 주문과 답 ==")
	order(func(reply chan<- string) {
		fmt.Println("주방: 파스타를 보냄")
		reply <- "파스타"
	})
	fmt.Println("== 떠난 주방 ==")
	order(func(reply chan<- string) {
		fmt.Println("주방: 답하지 않고 떠남")
		close(reply)
	})
	fmt.Println("== 떠난 손님 ==")
	leftCustomer()
	fmt.Println("== 가득 찬 채널 ==")
	fullChannel()
	onlyInRust("배압")
	fmt.Println("== 막히는 큐 ==")
	fmt.Printf("큐는 %d개를 넘지 않음\n", backlog(4))
	onlyInRust("줄", "차례를 쥐고 떠난 송신자", "옮겨 간 수신자", "깨우는 동안의 락")
}

// 한도 없는 채널과 Waker는 Go에 없다. 고루틴이 찍는 차례도 정해져 있지 않아 대목의 이름만 남긴다.
func onlyInRust(names ...string) {
	for _, name := range names {
		fmt.Printf("== %s ==\n", name)
	}
}

// ANCHOR: order
// 답을 받을 채널을 주문에 실어 보낸다. 자리가 하나라 주방은 손님을 기다리지 않는다.
func order(cook func(chan<- string)) {
	orders := make(chan chan<- string, 1)
	go func() { cook(<-orders) }()
	reply := make(chan string, 1)
	fmt.Println("손님: 주문하고 기다림")
	orders <- reply
	if dish, ok := <-reply; ok {
		fmt.Printf("손님: %s를 받음\n", dish)
	} else {
		fmt.Println("손님: 취소를 들음")
	}
}

// ANCHOR_END: order

// ANCHOR: left
func leftCustomer() {
	reply := make(chan string, 1)
	fmt.Println("손님: 주문하고 떠남")
	reply <- "파스타" // 아무도 꺼내지 않을 값이지만 성공한다.
	fmt.Println("[Go] 주방: 파스타를 보냈다고 여김")
}

// ANCHOR_END: left

// ANCHOR: full
func fullChannel() {
	values := make(chan int, 2)
	for value := 1; value <= 3; value++ {
		put(values, value)
	}
	take(values)
	put(values, 3)
	fmt.Println("송신자: 떠남")
	close(values)
	for i := 0; i < 3; i++ {
		take(values)
	}
}

func put(values chan<- int, value int) {
	select {
	case values <- value:
		fmt.Printf("송신자: %d 넣음\n", value)
	default:
		fmt.Printf("송신자: %d 넣을 자리가 없음\n", value)
	}
}

// ANCHOR_END: full

func take(values <-chan int) {
	if value, ok := <-values; ok {
		fmt.Printf("수신자: %d 꺼냄\n", value)
	} else {
		fmt.Println("수신자: 끝")
	}
}

// 900개를 보내고 받는다. 보낼 때마다 큐의 길이를 보고, 용량을 넘으면 패닉한다.
func backlog(capacity int) int {
	values := make(chan int, capacity)
	go func() {
		for value := 1; value <= 900; value++ {
			values <- value
			if len(values) > capacity {
				panic("용량보다 많이 쌓였다")
			}
		}
		close(values)
	}()
	for range values {
	}
	return cap(values)
}
