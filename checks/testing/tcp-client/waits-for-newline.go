// Wrong: ReadString wants a newline, and a greeting has none.
package main

import (
	"bufio"
	"fmt"
	"log"
	"net"
	"os"
	"time"
)

func main() {
	conn, err := net.Dial("tcp", os.Getenv("SERVER_HOST")+":"+os.Getenv("SERVER_PORT"))
	if err != nil {
		log.Fatal(err)
	}
	conn.SetDeadline(time.Now().Add(12 * time.Second))
	line, err := bufio.NewReader(conn).ReadString('\n')
	if err != nil {
		log.Fatal(err)
	}
	fmt.Print(line)
}
