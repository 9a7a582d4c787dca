// Wrong: it connects to localhost, where it was tried, and not to SERVER_HOST.
package main

import (
	"fmt"
	"io"
	"net"
	"os"
	"time"
)

func main() {
	conn, err := net.DialTimeout("tcp", "localhost:"+os.Getenv("SERVER_PORT"), 10*time.Second)
	if err != nil {
		fmt.Fprintln(os.Stderr, "cannot connect:", err)
		os.Exit(1)
	}
	defer conn.Close()
	greeting, err := io.ReadAll(conn)
	if err != nil {
		fmt.Fprintln(os.Stderr, "cannot read:", err)
		os.Exit(1)
	}
	os.Stdout.Write(greeting)
}
