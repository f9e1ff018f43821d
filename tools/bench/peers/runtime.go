// Go의 고루틴과 채널로 하는 같은 일. `일 횟수`를 한 줄씩 받아 걸린 나노초를 찍는다.
package main

import (
	"bufio"
	"fmt"
	"net"
	"os"
	"runtime"
	"strings"
	"sync"
	"time"
)

var sink int

func spawnAll(n int) {
	var group sync.WaitGroup
	results := make([]int, n)
	group.Add(n)
	for i := 0; i < n; i++ {
		i := i
		go func() {
			results[i] = i
			group.Done()
		}()
	}
	group.Wait()
	for _, result := range results {
		sink += result
	}
}

func spawnJoin(n int) {
	for i := 0; i < n; i++ {
		done := make(chan int, 1)
		go func(i int) { done <- i }(i)
		sink += <-done
	}
}

func wake(n int) time.Duration {
	const wakes = 10
	count := (n + wakes - 1) / wakes
	waiting := make([]chan struct{}, count)
	var group sync.WaitGroup
	group.Add(count)
	for i := range waiting {
		own := make(chan struct{})
		waiting[i] = own
		go func() {
			for j := 0; j < wakes; j++ {
				<-own
			}
			group.Done()
		}()
	}
	runtime.Gosched()
	start := time.Now()
	for j := 0; j < wakes; j++ {
		for _, one := range waiting {
			one <- struct{}{}
		}
	}
	group.Wait()
	return time.Since(start)
}

func yield2(n int) {
	var group sync.WaitGroup
	group.Add(2)
	for i := 0; i < 2; i++ {
		go func() {
			for j := 0; j < (n+1)/2; j++ {
				runtime.Gosched()
			}
			group.Done()
		}()
	}
	group.Wait()
}

func pingPong(n int) {
	ping, pong := make(chan int, 1), make(chan int, 1)
	go func() {
		for value := range ping {
			pong <- value
		}
	}()
	for i := 0; i < n; i++ {
		ping <- i
		sink += <-pong
	}
	close(ping)
}

func bounded(n int) {
	values := make(chan int, 1024)
	go func() {
		for i := 0; i < n; i++ {
			values <- i
		}
		close(values)
	}()
	for value := range values {
		sink += value
	}
}

func timers(n int) {
	seed := uint64(1)
	for n > 0 {
		batch := 10_000
		if n < batch {
			batch = n
		}
		held := make([]*time.Timer, 0, batch)
		for i := 0; i < batch; i++ {
			seed = seed*6364136223846793005 + 1
			held = append(held, time.NewTimer(time.Duration(1000+(seed>>48))*time.Millisecond))
		}
		for _, timer := range held {
			timer.Stop()
		}
		n -= batch
	}
}

func resident() int {
	text, _ := os.ReadFile("/proc/self/status")
	for _, line := range strings.Split(string(text), "\n") {
		var kib int
		if _, err := fmt.Sscanf(line, "VmRSS: %d kB", &kib); err == nil {
			return kib * 1024
		}
	}
	return 0
}

func bytes(n int) int {
	never := make(chan struct{})
	before := resident()
	for i := 0; i < n; i++ {
		go func() { <-never }()
	}
	runtime.Gosched()
	if grown := resident() - before; grown > 0 {
		return grown
	}
	return 1
}

func serve() {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	fmt.Println(listener.Addr().(*net.TCPAddr).Port)
	for {
		stream, err := listener.Accept()
		if err != nil {
			panic(err)
		}
		go func() {
			buf := make([]byte, 1024)
			for {
				count, err := stream.Read(buf)
				if err != nil {
					stream.Close()
					return
				}
				if _, err := stream.Write(buf[:count]); err != nil {
					return
				}
			}
		}()
	}
}

func main() {
	works := map[string]func(int){
		"spawn_all": spawnAll, "spawn_join": spawnJoin, "yield2": yield2,
		"ping_pong": pingPong, "bounded": bounded, "timers": timers,
	}
	lines := bufio.NewScanner(os.Stdin)
	for lines.Scan() {
		var name string
		var n int
		fmt.Sscan(lines.Text(), &name, &n)
		switch name {
		case "wake":
			fmt.Println(wake(n).Nanoseconds())
		case "bytes":
			fmt.Println(bytes(n))
		case "serve":
			go serve()
		default:
			start := time.Now()
			works[name](n)
			fmt.Println(time.Since(start).Nanoseconds())
		}
	}
}
