// Wrong: the first datagram from the server is printed, whatever is in it.
use std::env::var;
use std::net::UdpSocket;
use std::process::exit;
use std::time::Duration;

fn main() {
    let server = format!("{}:{}", var("SERVER_HOST").unwrap(), var("SERVER_PORT").unwrap());
    let message = var("MESSAGE").unwrap();
    let socket = UdpSocket::bind("0.0.0.0:0").unwrap();
    socket.connect(server).unwrap();
    let mut buffer = [0u8; 65536];
    for seconds in [1, 2, 4] {
        socket.set_read_timeout(Some(Duration::from_secs(seconds))).unwrap();
        let _ = socket.send(message.as_bytes());
        if let Ok(count) = socket.recv(&mut buffer) {
            println!("{}", String::from_utf8_lossy(&buffer[..count]));
            exit(0);
        }
    }
    eprintln!("no reply");
    exit(1);
}
