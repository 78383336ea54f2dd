//! One HTTP/1.1 connection: writes a request, reads the whole answer.

use anyhow::{Context, bail};
use httparse::{EMPTY_HEADER, Response, Status};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

/// Headers that an answer may have at most.
const MOST_HEADERS: usize = 64;

/// A keep-alive connection and the last answer that came over it.
pub(crate) struct Connection {
    stream: TcpStream,
    /// Head and body of the last answer.
    buffer: Vec<u8>,
    head: Head,
}

/// What is known of an answer once its head is complete.
#[derive(Clone, Copy, Default)]
struct Head {
    status: u16,
    length: usize,
    body: BodyLength,
    closes: bool,
}

#[derive(Clone, Copy, Default)]
enum BodyLength {
    #[default]
    None,
    Bytes(usize),
    Chunked,
}

/// An answer, copied out of the connection.
#[derive(Clone, Debug)]
pub(crate) struct Answer {
    /// The HTTP status.
    pub(crate) status: u16,
    /// The body, as sent (chunks included, where it came in chunks).
    pub(crate) body: Vec<u8>,
}

impl Connection {
    /// Connects to `host:port`.
    pub(crate) async fn open(address: &str) -> anyhow::Result<Self> {
        let stream = TcpStream::connect(address).await.with_context(|| format!("no connection to {address}"))?;
        stream.set_nodelay(true)?;
        Ok(Self { stream, buffer: Vec::with_capacity(16 * 1024), head: Head::default() })
    }

    /// Sends `request` and reads the answer to its end; gives its status.
    pub(crate) async fn exchange(&mut self, request: &[u8]) -> anyhow::Result<u16> {
        self.stream.write_all(request).await?;
        self.buffer.clear();
        self.head = loop {
            self.read_more().await?;
            if let Some(head) = parse_head(&self.buffer)? {
                break head;
            }
        };
        while !self.is_complete()? {
            self.read_more().await?;
        }
        Ok(self.head.status)
    }

    /// Whether the server ends the connection after the last answer.
    pub(crate) fn is_closing(&self) -> bool {
        self.head.closes
    }

    /// The body of the last answer.
    pub(crate) fn body(&self) -> &[u8] {
        self.buffer.get(self.head.length..).unwrap_or_default()
    }

    /// A copy of the last answer.
    pub(crate) fn answer(&self) -> Answer {
        Answer { status: self.head.status, body: self.body().to_vec() }
    }

    async fn read_more(&mut self) -> anyhow::Result<()> {
        if self.stream.read_buf(&mut self.buffer).await? == 0 {
            bail!("the server closed the connection in the middle of an answer");
        }
        Ok(())
    }

    fn is_complete(&self) -> anyhow::Result<bool> {
        match self.head.body {
            BodyLength::None => Ok(true),
            BodyLength::Bytes(length) => Ok(self.body().len() >= length),
            BodyLength::Chunked => has_last_chunk(self.body()),
        }
    }
}

/// Reads the head at the start of `bytes`; none while it is not complete.
fn parse_head(bytes: &[u8]) -> anyhow::Result<Option<Head>> {
    let mut headers = [EMPTY_HEADER; MOST_HEADERS];
    let mut response = Response::new(&mut headers);
    let Status::Complete(length) = response.parse(bytes)? else {
        return Ok(None);
    };
    let mut head = Head { status: response.code.unwrap_or_default(), length, ..Head::default() };
    for header in response.headers.iter() {
        if header.name.eq_ignore_ascii_case("content-length") {
            head.body = BodyLength::Bytes(std::str::from_utf8(header.value)?.trim().parse()?);
        } else if header.name.eq_ignore_ascii_case("transfer-encoding") {
            head.body = BodyLength::Chunked;
        } else if header.name.eq_ignore_ascii_case("connection") {
            head.closes = header.value.eq_ignore_ascii_case(b"close");
        }
    }
    Ok(Some(head))
}

/// Whether `body` holds the chunk of length 0 that ends it.
fn has_last_chunk(mut body: &[u8]) -> anyhow::Result<bool> {
    loop {
        let size = httparse::parse_chunk_size(body).map_err(|_| anyhow::anyhow!("a chunk without a size"))?;
        let Status::Complete((start, size)) = size else {
            return Ok(false);
        };
        // Each chunk, the last one too, ends with an empty line; trailers are not expected.
        let Some(rest) = body.get(start + usize::try_from(size)? + 2..) else {
            return Ok(false);
        };
        if size == 0 {
            return Ok(true);
        }
        body = rest;
    }
}
