// 고루틴에 일을 맡기고, 채널과 select로 기한을 두고 결과를 받는다.
package main

import (
	"fmt"
	"runtime"
	"strings"
	"time"
)

// ANCHOR: future
// result는 값이거나 패닉한 까닭이다.
type result[T any] struct {
	value  T
	failed any
}

// start는 work를 고루틴에서 시작한다. 채널의 버퍼가 하나여서, 받는 쪽이 떠나도 보내고 끝난다.
func start[T any](work func() T) <-chan result[T] {
	future := make(chan result[T], 1)
	go func() {
		var done result[T]
		defer func() {
			done.failed = recover()
			future <- done
		}()
		done.value = work()
	}()
	return future
}

// ANCHOR_END: future

// ANCHOR: deadline
func byDeadline() {
	price, open := quote()
	select {
	case <-price:
		panic("문이 닫혀 있다")
	case <-time.After(10 * time.Millisecond):
		fmt.Println("main: 기한까지 답이 없다")
	}
	fmt.Println("main: 문을 열고 다시 묻는다")
	close(open)
	fmt.Printf("main: 견적은 %d원\n", (<-price).value)
}

// ANCHOR_END: deadline

// quote는 문이 열리면 견적을 낸다.
func quote() (<-chan result[int], chan<- struct{}) {
	gate := make(chan struct{})
	price := start(func() int {
		<-gate
		fmt.Println("worker: 견적을 낸다")
		return 30_000
	})
	return price, gate
}

func order() {
	fmt.Println("main: 견적을 맡긴다")
	price, open := quote()
	fmt.Println("main: 그동안 장바구니를 비운다")
	close(open)
	fmt.Printf("main: 견적은 %d원\n", (<-price).value)
}

func panicked() {
	price := start(func() int { panic("재고가 없다") })
	select {
	case done := <-price:
		fmt.Printf("main: 작업이 패닉했다, %v\n", done.failed)
	case <-time.After(time.Minute):
		panic("패닉이 오지 않았다")
	}
}

func giveUp() {
	gate, ended := make(chan struct{}), make(chan struct{})
	price := start(func() string {
		defer close(ended)
		<-gate
		fmt.Println("worker: 견적서를 다 쓴다")
		return "견적서"
	})
	select {
	case <-price:
		panic("문이 닫혀 있다")
	case <-time.After(0):
		fmt.Println("main: 기한을 넘겨 포기한다")
	}
	close(gate)
	<-ended
	fmt.Println("main: 작업이 끝난 것을 본다")
	unbuffered()
}

// ANCHOR: unbuffered
// unbuffered는 버퍼가 없는 채널에 보내는 고루틴을 두고 떠난다.
func unbuffered() {
	future := make(chan int)
	go func() { future <- 30_000 }()
	// 받는 쪽이 없으면 고루틴은 반드시 보내는 채로 멈춘다.
	for !strings.Contains(stacks(), "[chan send]") {
		runtime.Gosched()
	}
	fmt.Println("[Go] 버퍼가 없으면 고루틴이 남는다: chan send")
	<-future // 이야기를 위해 풀어 준다.
}

// ANCHOR_END: unbuffered

func stacks() string {
	buffer := make([]byte, 1<<16)
	return string(buffer[:runtime.Stack(buffer, true)])
}

func waiting() {
	const futures = 100
	for runtime.NumGoroutine() > 1 { // 앞의 고루틴이 모두 끝나야 셀 수 있다.
		runtime.Gosched()
	}
	gate := make(chan struct{})
	started := make(chan struct{})
	var waiting []<-chan result[bool]
	for i := 0; i < futures; i++ {
		waiting = append(waiting, start(func() bool {
			started <- struct{}{}
			<-gate
			return true
		}))
	}
	for range waiting {
		<-started
	}
	fmt.Printf("[Go] 기다리는 퓨처 %d개, 고루틴 %d개\n", futures, runtime.NumGoroutine()-1)
	close(gate)
	for _, future := range waiting {
		<-future
	}
}

func main() {
	for _, story := range []struct {
		title string
		tell  func()
	}{
		{"맡기고 나중에 받기", order},
		{"기한", byDeadline},
		{"패닉", panicked},
		{"포기", giveUp},
		{"기한을 재는 세 가지", func() {}},
		{"기다리는 스레드", waiting},
	} {
		fmt.Printf("== %s ==\n", story.title)
		story.tell()
	}
}
