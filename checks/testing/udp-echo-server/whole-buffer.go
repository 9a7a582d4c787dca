// Wrong: the whole buffer is sent back, not only the bytes that were received.
package main

import (
	"log"
	"net"
	"os"
)

func main() {
	conn, err := net.ListenPacket("udp4", os.Getenv("HOST")+":"+os.Getenv("PORT"))
	if err != nil {
		log.Fatal(err)
	}
	for {
		buffer := make([]byte, 1024)
		_, client, err := conn.ReadFrom(buffer)
		if err != nil {
			log.Println(err)
			continue
		}
		conn.WriteTo(append([]byte("Echo: "), buffer...), client)
	}
}
