// Right: read_to_end, with a timeout for each read.
use std::env;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::process::exit;
use std::time::Duration;

fn greeting() -> std::io::Result<Vec<u8>> {
    let host = env::var("SERVER_HOST").unwrap_or_else(|_| "tcp-server".into());
    let port = env::var("SERVER_PORT").ok().and_then(|text| text.parse().ok()).unwrap_or(50_000u16);
    let mut stream = TcpStream::connect((host, port))?;
    stream.set_read_timeout(Some(Duration::from_secs(8)))?;
    let mut greeting = Vec::new();
    stream.read_to_end(&mut greeting)?;
    Ok(greeting)
}

fn main() {
    match greeting() {
        Ok(greeting) => std::io::stdout().write_all(&greeting).expect("standard output is open"),
        Err(error) => {
            eprintln!("No greeting: {error}");
            exit(1);
        }
    }
}
