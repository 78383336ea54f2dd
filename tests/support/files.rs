//! Files that callers bring along.

use actix_web::http::Method;

use super::client::{Answer, Client};
use super::json;

impl Client {
    /// Announces a file.
    pub async fn announce(&self, name: &str, media_type: &str, size: usize) -> Answer {
        self.post("/files", json!({"name": name, "media_type": media_type, "size": size})).await
    }

    /// Sends the content of a file that was announced.
    pub async fn fill(&self, file: &Answer, content: &[u8]) -> Answer {
        let media = file.json["media_type"].as_str().unwrap();
        let headers = [("if-match", file.tag()), ("content-type", media)];
        self.send(Method::PUT, &content_of(file), Some(content.to_vec()), &headers).await
    }

    /// A file with this content, as it stands afterwards.
    pub async fn file(&self, name: &str, media_type: &str, content: &[u8]) -> Answer {
        let file = self.announce(name, media_type, content.len()).await.created();
        self.fill(&file, content).await.ok()
    }
}

/// Where the content of a file is.
pub fn content_of(file: &Answer) -> String {
    format!("/files/{}/content", file.id())
}
