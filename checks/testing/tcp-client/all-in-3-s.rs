// Wrong: the greeting must be there within 3 s, also when its bytes keep coming.
use std::env::var;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

fn greeting() -> std::io::Result<Vec<u8>> {
    let port: u16 = var("SERVER_PORT").unwrap().parse().unwrap();
    let mut stream = TcpStream::connect((var("SERVER_HOST").unwrap(), port))?;
    let deadline = Instant::now() + Duration::from_secs(3);
    let mut greeting = Vec::new();
    let mut part = [0u8; 4096];
    loop {
        let left = deadline.saturating_duration_since(Instant::now());
        stream.set_read_timeout(Some(left.max(Duration::from_millis(1))))?;
        let count = stream.read(&mut part)?;
        if count == 0 {
            return Ok(greeting);
        }
        greeting.extend_from_slice(&part[..count]);
    }
}

fn main() {
    match greeting() {
        Ok(greeting) => std::io::stdout().write_all(&greeting).unwrap(),
        Err(error) => {
            eprintln!("no greeting: {error}");
            std::process::exit(1);
        }
    }
}
