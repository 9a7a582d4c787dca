// Wrong: four threads serve all clients, and each waits until its client has gone.
use std::env;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{mpsc, Arc, Mutex};
use std::thread;

fn serve(mut stream: TcpStream, greeting: &str) -> std::io::Result<()> {
  stream.write_all(greeting.as_bytes())?;
  stream.shutdown(std::net::Shutdown::Write)?;
  let mut rest = Vec::new();
  stream.read_to_end(&mut rest)?;
  Ok(())
}

fn main() -> std::io::Result<()> {
  let host = env::var("HOST").unwrap_or_else(|_| "0.0.0.0".to_string());
  let port = env::var("PORT").unwrap_or_else(|_| "50000".to_string());
  let greeting = Arc::new(env::var("GREETING").unwrap_or_else(|_| "Hello, client! Connection established.".to_string()));
  let listener = TcpListener::bind(format!("{host}:{port}"))?;
  let (tx, rx) = mpsc::channel::<TcpStream>();
  let rx = Arc::new(Mutex::new(rx));
  for id in 0..4 {
    let rx = Arc::clone(&rx);
    let greeting = Arc::clone(&greeting);
    thread::spawn(move || loop {
      let stream = rx.lock().unwrap().recv().unwrap();
      if let Err(e) = serve(stream, &greeting) {
        eprintln!("worker {id}: {e}");
      }
    });
  }
  for stream in listener.incoming() {
    tx.send(stream?).unwrap();
  }
  Ok(())
}
