//! Accounts of the apps that talk to their server: kept in memory, really changed and really deleted, or not, as the
//! variant has it.
//!
//! Each app has its own addresses and names of fields; both are read by what they hold, so that no app needs code here.
//! An address ends with what it does: `…/code`, `…/join`, `…/enter`, `…/me`, `…/me/edit`, `…/me/leave`.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;

use axum::http::{Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Map, Value, json};

use super::server::Asked;

/// Every account, and the codes that were sent.
pub struct People {
    /// The account is only marked as gone: it can be entered as it was (6.4).
    keeps_all: bool,
    known: Mutex<Known>,
}

#[derive(Default)]
struct Known {
    /// By phone number or mail address.
    people: BTreeMap<String, Person>,
    /// Tokens of those who are in.
    inside: BTreeMap<String, String>,
    code: String,
    tokens: usize,
}

#[derive(Clone)]
struct Person {
    password: String,
    about: Map<String, Value>,
}

impl People {
    pub fn new(flags: &BTreeSet<String>) -> People {
        People { keeps_all: flags.contains("keeps_all"), known: Mutex::default() }
    }

    /// Answers where the address is one of an account's.
    pub fn answer(&self, asked: &Asked<'_>) -> Option<Response> {
        let mut known = self.known.lock().expect("not poisoned");
        if asked.path == "/outbox" {
            return Some(known.code.clone().into_response());
        }
        let deed = asked.path.strip_prefix("/api/")?;
        let fields: Map<String, Value> = serde_json::from_str(asked.body).unwrap_or_default();
        Some(match deed.rsplit('/').next()? {
            "code" => {
                known.tokens += 1;
                known.code = format!("{:06}", 240_600 + known.tokens * 17);
                StatusCode::NO_CONTENT.into_response()
            }
            "join" => known.join(&fields),
            "enter" => known.enter(&fields),
            "exit" => StatusCode::NO_CONTENT.into_response(),
            _ => known.mine(asked, &fields, self.keeps_all),
        })
    }
}

fn refuse(status: StatusCode, why: &str) -> Response {
    (status, [(header::CONTENT_TYPE, "application/json")], json!({ "message": why }).to_string())
        .into_response()
}

fn tell(value: &Value) -> Response {
    ([(header::CONTENT_TYPE, "application/json")], value.to_string()).into_response()
}

fn field<'f>(fields: &'f Map<String, Value>, names: &[&str]) -> &'f str {
    names.iter().find_map(|name| fields.get(*name)?.as_str()).unwrap_or_default()
}

fn who(fields: &Map<String, Value>) -> String {
    field(fields, &["phone", "mobile", "tel", "mail", "email"]).to_owned()
}

impl Known {
    fn let_in(&mut self, who: &str) -> Response {
        self.tokens += 1;
        let token = format!("t{}-{}", self.tokens, who.len());
        self.inside.insert(token.clone(), who.to_owned());
        tell(&json!({ "token": token }))
    }

    fn join(&mut self, fields: &Map<String, Value>) -> Response {
        let who = who(fields);
        if self.people.contains_key(&who) {
            return refuse(StatusCode::CONFLICT, "该手机号已注册，请直接登录");
        }
        if fields.contains_key("code") && field(fields, &["code"]) != self.code {
            return refuse(StatusCode::BAD_REQUEST, "验证码错误");
        }
        let mut about = fields.clone();
        about.retain(|name, _| !["password", "pass", "code"].contains(&name.as_str()));
        let password = field(fields, &["password", "pass"]).to_owned();
        self.people.insert(who.clone(), Person { password, about });
        self.let_in(&who)
    }

    fn enter(&mut self, fields: &Map<String, Value>) -> Response {
        let who = who(fields);
        if fields.contains_key("code") {
            if field(fields, &["code"]) != self.code {
                return refuse(StatusCode::BAD_REQUEST, "验证码错误");
            }
            // As usual in China: a number that is not known becomes an account.
            let new = || Person {
                password: String::new(),
                about: Map::from_iter([("phone".to_owned(), json!(who.clone()))]),
            };
            self.people.entry(who.clone()).or_insert_with(new);
            return self.let_in(&who);
        }
        match self.people.get(&who) {
            None => refuse(StatusCode::NOT_FOUND, "账号不存在"),
            Some(person) if person.password != field(fields, &["password", "pass"]) => {
                refuse(StatusCode::FORBIDDEN, "密码错误")
            }
            Some(_) => self.let_in(&who),
        }
    }

    /// What is one's own: looked at, changed, and left.
    fn mine(&mut self, asked: &Asked<'_>, fields: &Map<String, Value>, keeps_all: bool) -> Response {
        let token =
            asked.headers.get("authorization").and_then(|value| value.to_str().ok()).unwrap_or_default();
        let from_query = asked.query.split('&').find_map(|pair| pair.strip_prefix("token="));
        let token = from_query.unwrap_or(token).to_owned();
        let Some(who) = self.inside.get(&token).cloned() else {
            return refuse(StatusCode::UNAUTHORIZED, "请先登录");
        };
        let Some(person) = self.people.get_mut(&who) else {
            return refuse(StatusCode::GONE, "账号已注销");
        };
        if asked.path.ends_with("/leave") {
            self.inside.retain(|_, inside| *inside != who);
            if !keeps_all {
                self.people.remove(&who);
            }
            return StatusCode::NO_CONTENT.into_response();
        }
        if *asked.method == Method::POST {
            for (name, value) in fields {
                match value {
                    Value::Null => drop(person.about.remove(name)),
                    value => drop(person.about.insert(name.clone(), value.clone())),
                }
            }
        }
        tell(&Value::Object(person.about.clone()))
    }
}
