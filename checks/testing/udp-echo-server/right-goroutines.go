// Right: four goroutines read from one socket, each into a buffer of its own.
package main

import (
	"log"
	"net"
	"os"
	"sync"
)

func echo(conn net.PacketConn) {
	buffer := make([]byte, 65536)
	copy(buffer, "Echo: ")
	for {
		n, client, err := conn.ReadFrom(buffer[6:65507])
		if err != nil {
			log.Println(err)
			continue
		}
		if _, err := conn.WriteTo(buffer[:6+n], client); err != nil {
			log.Println(err)
		}
	}
}

func main() {
	conn, err := net.ListenPacket("udp", net.JoinHostPort(os.Getenv("HOST"), os.Getenv("PORT")))
	if err != nil {
		log.Fatal(err)
	}
	var all sync.WaitGroup
	for i := 0; i < 4; i++ {
		all.Add(1)
		go func() {
			defer all.Done()
			echo(conn)
		}()
	}
	all.Wait()
}
