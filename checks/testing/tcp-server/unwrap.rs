// Wrong: unwrap panics when one client has reset its connection.
use std::env;
use std::io::Write;
use std::net::TcpListener;

fn main() {
    let port = env::var("PORT").unwrap();
    let greeting = env::var("GREETING").unwrap();
    let listener = TcpListener::bind(format!("0.0.0.0:{port}")).unwrap();
    for stream in listener.incoming() {
        let mut stream = stream.unwrap();
        stream.write_all(greeting.as_bytes()).unwrap();
    }
}
