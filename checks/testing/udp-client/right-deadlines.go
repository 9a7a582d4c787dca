// Right: a read deadline for each try.
package main

import (
	"bytes"
	"errors"
	"fmt"
	"net"
	"os"
	"time"
)

func echo(address string, message []byte) ([]byte, error) {
	conn, err := net.Dial("udp", address)
	if err != nil {
		return nil, err
	}
	defer conn.Close()
	expected := append([]byte("Echo: "), message...)
	buffer := make([]byte, 65536)
	for _, wait := range []time.Duration{time.Second, 2 * time.Second, 4 * time.Second} {
		deadline := time.Now().Add(wait)
		conn.Write(message)
		for time.Now().Before(deadline) {
			conn.SetReadDeadline(deadline)
			n, err := conn.Read(buffer)
			if err == nil && bytes.Equal(buffer[:n], expected) {
				return expected, nil
			}
			if errors.Is(err, os.ErrDeadlineExceeded) {
				break
			}
			if err != nil {
				time.Sleep(100 * time.Millisecond) // refused: it may be starting
			}
		}
	}
	return nil, errors.New("no reply after three tries")
}

func main() {
	reply, err := echo(net.JoinHostPort(os.Getenv("SERVER_HOST"), os.Getenv("SERVER_PORT")), []byte(os.Getenv("MESSAGE")))
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	os.Stdout.Write(append(reply, '\n'))
}
