// Right: it has given up after a third of a second; what comes from another address is ignored.
use std::io::{self, Write};
use std::net::{SocketAddr, ToSocketAddrs, UdpSocket};
use std::time::{Duration, Instant};
use std::{env, process};

fn ask(message: &str, server: SocketAddr) -> io::Result<Vec<u8>> {
    let socket = UdpSocket::bind("0.0.0.0:0")?;
    let mut buffer = [0; 65536];
    for timeout_ms in [50, 100, 200] {
        socket.send_to(message.as_bytes(), server)?;
        let until = Instant::now() + Duration::from_millis(timeout_ms);
        loop {
            let left = until.saturating_duration_since(Instant::now());
            if left.is_zero() {
                break;
            }
            socket.set_read_timeout(Some(left))?;
            match socket.recv_from(&mut buffer) {
                Ok((length, sender)) => {
                    let reply = &buffer[..length];
                    if sender == server && reply == format!("Echo: {message}").as_bytes() {
                        return Ok(reply.to_vec());
                    }
                }
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => break,
                Err(error) => return Err(error),
            }
        }
    }
    Err(io::Error::new(io::ErrorKind::TimedOut, "no reply"))
}

fn run() -> io::Result<()> {
    let host = env::var("SERVER_HOST").unwrap_or("udp-echo-server".into());
    let port = env::var("SERVER_PORT").unwrap_or("50000".into());
    let message = env::var("MESSAGE").unwrap_or("Hello, UDP World!".into());
    let mut addresses = format!("{host}:{port}").to_socket_addrs()?;
    let server = addresses
        .find(SocketAddr::is_ipv4)
        .ok_or(io::Error::new(io::ErrorKind::NotFound, "no address"))?;
    io::stdout().write_all(&ask(&message, server)?)
}

fn main() {
    if let Err(error) = run() {
        eprintln!("udp-client: {error}");
        process::exit(1);
    }
}
