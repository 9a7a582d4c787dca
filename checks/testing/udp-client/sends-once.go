// Wrong: when no reply comes, it gives up at once, where it should send the message again.
package main

import (
	"fmt"
	"net"
	"os"
	"time"
)

func fail(err error) {
	fmt.Fprintln(os.Stderr, "no echo:", err)
	os.Exit(1)
}

func main() {
	conn, err := net.Dial("udp", net.JoinHostPort(os.Getenv("SERVER_HOST"), os.Getenv("SERVER_PORT")))
	if err != nil {
		fail(err)
	}
	defer conn.Close()
	if _, err := conn.Write([]byte(os.Getenv("MESSAGE"))); err != nil {
		fail(err)
	}
	conn.SetReadDeadline(time.Now().Add(3 * time.Second))
	buffer := make([]byte, 65536)
	n, err := conn.Read(buffer)
	if err != nil {
		fail(err)
	}
	fmt.Println(string(buffer[:n]))
}
