//! The people of the minefield: registering and logging in, by phone number and password.

use std::collections::BTreeMap;
use std::sync::Mutex;

use axum::http::{Method, StatusCode, header};
use axum::response::{IntoResponse, Response};

/// Who registered, with their passwords; a session's cookie names its person.
#[derive(Debug, Default)]
pub struct People {
    known: Mutex<BTreeMap<String, String>>,
}

impl People {
    /// Whether somebody registered with this phone number.
    pub fn has(&self, phone: &str) -> bool {
        self.known.lock().expect("no panic").contains_key(phone)
    }

    /// Whether the cookies of a request are those of somebody who registered.
    pub fn is_signed_in(&self, cookies: &str) -> bool {
        let person = cookies.split("; ").find_map(|cookie| cookie.strip_prefix("person="));
        person.is_some_and(|phone| self.has(phone))
    }

    /// Answers registering and logging in; `None` for any other address.
    pub fn answer(&self, path: &str, method: &Method, body: &[u8]) -> Option<Response> {
        if method != Method::POST || !matches!(path, "/api/register" | "/api/login") {
            return None;
        }
        let form: serde_json::Value = serde_json::from_slice(body).unwrap_or_default();
        let (phone, password) = (form["phone"].as_str()?, form["password"].as_str()?);
        let mut known = self.known.lock().expect("no panic");
        let refusal = match (path, known.get(phone)) {
            _ if phone.len() != 11 || password.len() < 6 => Some("请填写手机号和至少 6 位密码"),
            ("/api/register", Some(_)) => Some("该手机号已注册，请直接登录"),
            ("/api/login", None) => Some("该手机号未注册"),
            ("/api/login", Some(right)) if right != password => Some("密码错误"),
            _ => None,
        };
        if let Some(why) = refusal {
            return Some((StatusCode::FORBIDDEN, why).into_response());
        }
        known.insert(phone.to_owned(), password.to_owned());
        let cookie = format!("person={phone}; Path=/; HttpOnly");
        Some((StatusCode::OK, [(header::SET_COOKIE, cookie)], "").into_response())
    }
}
