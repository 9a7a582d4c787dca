// Wrong: four tries of 30 s are two minutes, where it must give up after 15 s.
package main

import (
	"fmt"
	"net"
	"os"
	"time"
)

func main() {
	message := os.Getenv("MESSAGE")
	conn, err := net.Dial("udp4", os.Getenv("SERVER_HOST")+":"+os.Getenv("SERVER_PORT"))
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	buffer := make([]byte, 65536)
	for try := 0; try < 4; try++ {
		deadline := time.Now().Add(30 * time.Second)
		conn.Write([]byte(message))
		for time.Now().Before(deadline) {
			conn.SetReadDeadline(deadline)
			n, err := conn.Read(buffer)
			if err == nil && string(buffer[:n]) == "Echo: "+message {
				fmt.Println(string(buffer[:n]))
				return
			}
		}
	}
	fmt.Fprintln(os.Stderr, "no reply in two minutes")
	os.Exit(1)
}
