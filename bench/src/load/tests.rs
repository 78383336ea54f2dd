use std::{
    io::{BufRead, BufReader, Read, Write},
    net::{TcpListener, TcpStream},
    sync::{Arc, Mutex},
    thread,
};

use super::*;

/// A server that answers `answers` in turn on each connection, after `delay`, and keeps the bodies it was sent.
fn server(answers: &'static [&'static str], delay: Duration) -> (String, Arc<Mutex<Vec<String>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let bodies = Arc::new(Mutex::new(Vec::new()));
    let kept = bodies.clone();
    thread::spawn(move || {
        for stream in listener.incoming() {
            let bodies = kept.clone();
            thread::spawn(move || serve(&stream.unwrap(), answers, delay, &bodies));
        }
    });
    (address, bodies)
}

fn serve(stream: &TcpStream, answers: &[&str], delay: Duration, bodies: &Mutex<Vec<String>>) {
    let mut reader = BufReader::new(stream);
    for answer in answers.iter().cycle() {
        let mut length = 0;
        loop {
            let mut line = String::new();
            if reader.read_line(&mut line).unwrap_or(0) == 0 {
                return;
            }
            if let Some(value) = line.strip_prefix("content-length: ") {
                length = value.trim().parse().unwrap();
            }
            if line == "\r\n" {
                break;
            }
        }
        let mut body = vec![0; length];
        reader.read_exact(&mut body).unwrap();
        bodies.lock().unwrap().push(String::from_utf8(body).unwrap());
        thread::sleep(delay);
        let mut stream = stream;
        if stream.write_all(answer.as_bytes()).is_err() {
            return;
        }
    }
}

fn request(address: &str, body: Option<&str>) -> Request {
    Request {
        address: address.to_owned(),
        method: if body.is_some() { "POST" } else { "GET" }.to_owned(),
        path: Template::plain("/{n}"),
        headers: vec![("accept".into(), "application/json".into())],
        body: body.map(Template::plain),
    }
}

fn pace(connections: usize, rate: Option<f64>) -> Pace {
    Pace { connections, warm_up: Duration::from_millis(50), duration: Duration::from_millis(500), rate }
}

#[tokio::test]
async fn a_closed_loop_is_as_fast_as_the_answers() {
    let (address, _) = server(&["HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"], Duration::from_millis(10));
    let outcome = run(&request(&address, None), pace(4, None), Some(std::process::id())).await.unwrap();
    assert_eq!(outcome.errors(), 0);
    // 4 connections, 10 ms each: 400 a second at most.
    assert!((150.0..=410.0).contains(&outcome.rate()), "{outcome}");
    assert!(outcome.percentile_ms(50) >= 10.0, "{outcome}");
    assert!(outcome.percentile_ms(100) >= outcome.percentile_ms(99), "{outcome}");
    assert!(outcome.cpu_us_per_request().is_some());
}

#[tokio::test]
async fn an_open_loop_keeps_its_rate_and_counts_the_queue() {
    let (address, _) = server(&["HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"], Duration::from_millis(1));
    let calm = run(&request(&address, None), pace(4, Some(100.0)), None).await.unwrap();
    assert!((80.0..=105.0).contains(&calm.rate()), "{calm}");
    // One connection of 20 ms can serve 50 a second; at 200 the queue grows to several hundred milliseconds.
    let (address, _) = server(&["HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"], Duration::from_millis(20));
    let flooded = run(&request(&address, None), pace(1, Some(200.0)), None).await.unwrap();
    assert!(flooded.percentile_ms(100) > 100.0, "{flooded}");
}

#[tokio::test]
async fn bodies_chunks_and_errors_are_understood() {
    let answers = &[
        "HTTP/1.1 201 Created\r\ntransfer-encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n",
        "HTTP/1.1 409 Conflict\r\ncontent-length: 4\r\n\r\nbusy",
    ];
    let (address, bodies) = server(answers, Duration::from_millis(5));
    let outcome = run(&request(&address, Some(r#"{"n":{n}}"#)), pace(1, None), None).await.unwrap();
    assert!(outcome.count() > 5 && outcome.errors() > 5, "{outcome}");
    assert_eq!(outcome.first_error(), Some("409: busy"));
    assert_eq!(bodies.lock().unwrap().get(1).map(String::as_str), Some(r#"{"n":1}"#));
}

#[tokio::test]
async fn what_serves_once_is_sent_once_and_the_time_ends_with_it() {
    let (address, bodies) = server(&["HTTP/1.1 204 No Content\r\n\r\n"], Duration::from_millis(10));
    let lines: Arc<[String]> = (0..30).map(|number| number.to_string()).collect();
    let once = Request { body: Some(Template::new("{next}", lines)), ..request(&address, Some("")) };
    let outcome = run(&once, pace(4, None), Some(std::process::id())).await.unwrap();
    let mut sent: Vec<u32> = bodies.lock().unwrap().iter().map(|body| body.parse().unwrap()).collect();
    sent.sort_unstable();
    assert_eq!(sent, (0..30).collect::<Vec<_>>());
    // The warm-up of 50 ms takes some; the rest end after less than 100 ms, at up to 400 a second.
    assert!((5..30).contains(&outcome.count()) && (150.0..=450.0).contains(&outcome.rate()), "{outcome}");
}
