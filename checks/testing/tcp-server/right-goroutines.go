// Right: a goroutine for each client, which reads what the client sends until its end.
package main

import (
	"context"
	"io"
	"log"
	"net"
	"os"
	"os/signal"
	"syscall"
	"time"
)

func greet(conn *net.TCPConn, greeting string) {
	defer conn.Close()
	conn.SetDeadline(time.Now().Add(time.Minute))
	if _, err := io.WriteString(conn, greeting); err != nil {
		log.Println(err)
		return
	}
	conn.CloseWrite()
	io.Copy(io.Discard, conn)
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM)
	defer stop()
	listener, err := net.Listen("tcp", net.JoinHostPort(os.Getenv("HOST"), os.Getenv("PORT")))
	if err != nil {
		log.Fatal(err)
	}
	context.AfterFunc(ctx, func() { listener.Close() })
	for {
		conn, err := listener.Accept()
		if ctx.Err() != nil {
			return
		}
		if err != nil {
			log.Println(err)
			continue
		}
		go greet(conn.(*net.TCPConn), os.Getenv("GREETING"))
	}
}
