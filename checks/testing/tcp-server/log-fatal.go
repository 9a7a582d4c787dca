// Wrong: log.Fatal ends the whole server when it cannot write to one client.
package main

import (
	"log"
	"net"
	"os"
)

func main() {
	listener, err := net.Listen("tcp4", net.JoinHostPort(os.Getenv("HOST"), os.Getenv("PORT")))
	if err != nil {
		log.Fatal(err)
	}
	for {
		connection, err := listener.Accept()
		if err != nil {
			log.Fatal(err)
		}
		if _, err := connection.Write([]byte(os.Getenv("GREETING"))); err != nil {
			log.Fatal(err)
		}
		connection.Close()
	}
}
