// Right: io.Copy reads to the end, with a deadline that each read extends.
package main

import (
	"bytes"
	"fmt"
	"io"
	"net"
	"os"
	"time"
)

type patient struct{ net.Conn }

func (p patient) Read(buffer []byte) (int, error) {
	p.SetReadDeadline(time.Now().Add(6 * time.Second))
	return p.Conn.Read(buffer)
}

func main() {
	address := net.JoinHostPort(os.Getenv("SERVER_HOST"), os.Getenv("SERVER_PORT"))
	conn, err := net.DialTimeout("tcp", address, 6*time.Second)
	if err != nil {
		fmt.Fprintln(os.Stderr, "cannot connect:", err)
		os.Exit(1)
	}
	defer conn.Close()
	var greeting bytes.Buffer
	if _, err := io.Copy(&greeting, patient{conn}); err != nil {
		fmt.Fprintln(os.Stderr, "cannot read the greeting:", err)
		os.Exit(1)
	}
	os.Stdout.Write(greeting.Bytes())
}
