// Wrong: an empty datagram is taken for none, and has no reply.
package main

import (
	"log"
	"net"
	"os"
	"strconv"
)

func main() {
	port, _ := strconv.Atoi(os.Getenv("PORT"))
	conn, err := net.ListenUDP("udp4", &net.UDPAddr{IP: net.ParseIP(os.Getenv("HOST")), Port: port})
	if err != nil {
		log.Fatal(err)
	}
	buffer := make([]byte, 65536)
	for {
		n, client, err := conn.ReadFromUDP(buffer)
		if err != nil || n == 0 {
			continue
		}
		conn.WriteToUDP(append([]byte("Echo: "), buffer[:n]...), client)
	}
}
