// Right: a thread for each client, and an error ends only its own.
use std::env;
use std::io::Write;
use std::net::TcpListener;
use std::thread;

fn main() {
    let host = env::var("HOST").unwrap_or_else(|_| "0.0.0.0".into());
    let port = env::var("PORT").unwrap_or_else(|_| "50000".into());
    let greeting = env::var("GREETING").unwrap_or_else(|_| "Hello, client! Connection established.".into());
    let address = if host.contains(':') { format!("[{host}]:{port}") } else { format!("{host}:{port}") };
    let listener = TcpListener::bind(&address).unwrap_or_else(|error| {
        eprintln!("Cannot listen at {address}: {error}");
        std::process::exit(1);
    });
    for stream in listener.incoming() {
        let Ok(mut stream) = stream else { continue };
        let greeting = greeting.clone();
        thread::spawn(move || {
            if let Err(error) = stream.write_all(greeting.as_bytes()) {
                eprintln!("A client has gone: {error}");
            }
        });
    }
}
