// Wrong: the prefix has no space.
use std::env;
use std::net::UdpSocket;

fn main() -> std::io::Result<()> {
    let port = env::var("PORT").unwrap_or("50000".to_string());
    let socket = UdpSocket::bind(format!("0.0.0.0:{port}"))?;
    let mut buffer = [0u8; 65536];
    loop {
        let (count, client) = socket.recv_from(&mut buffer)?;
        let mut reply = b"Echo:".to_vec();
        reply.extend_from_slice(&buffer[..count]);
        socket.send_to(&reply, client)?;
    }
}
