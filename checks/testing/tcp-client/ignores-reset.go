// Wrong: an error of Read is taken for the end of the greeting.
package main

import (
	"fmt"
	"log"
	"net"
	"os"
	"time"
)

func main() {
	address := net.JoinHostPort(os.Getenv("SERVER_HOST"), os.Getenv("SERVER_PORT"))
	conn, err := net.DialTimeout("tcp", address, 5*time.Second)
	if err != nil {
		log.Fatal(err)
	}
	var greeting []byte
	buffer := make([]byte, 1024)
	for {
		conn.SetReadDeadline(time.Now().Add(10 * time.Second))
		n, err := conn.Read(buffer)
		greeting = append(greeting, buffer[:n]...)
		if os.IsTimeout(err) {
			log.Fatal(err)
		}
		if err != nil {
			break
		}
	}
	fmt.Println(string(greeting))
}
