//! The library: an app whose server draws its pages, with forms, redirects and a cookie, as twenty years ago.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use axum::http::{Method, StatusCode, header};
use axum::response::{IntoResponse, Response};

use super::parts;
use super::server::Asked;

type Fields = BTreeMap<String, String>;

/// The library's desk, with its readers.
pub struct Desk {
    root: PathBuf,
    flags: BTreeSet<String>,
    readers: Mutex<Readers>,
}

#[derive(Default)]
struct Readers {
    /// By mail address.
    known: BTreeMap<String, Fields>,
    /// Mail addresses by cookie.
    inside: BTreeMap<String, String>,
    cookies: usize,
}

/// What one answer knows.
struct Visit {
    /// What the visitor said to the notice.
    said: Option<String>,
    /// Who is logged in.
    who: Option<String>,
    cookie: String,
}

impl Desk {
    pub fn open(root: &Path, flags: &BTreeSet<String>) -> Desk {
        Desk { root: root.to_owned(), flags: flags.clone(), readers: Mutex::default() }
    }

    /// Answers a request: every page of the library.
    pub fn answer(&self, asked: &Asked<'_>) -> Option<Response> {
        let mut readers = self.readers.lock().expect("not poisoned");
        let visit = readers.visit(asked);
        let sent = read_form(asked.body);
        let posted = *asked.method == Method::POST;
        let field = |name: &str| sent.get(name).cloned().unwrap_or_default();
        let words = |pairs: &[(&str, &str)]| -> Fields {
            pairs.iter().map(|(name, value)| ((*name).to_owned(), escape(value))).collect()
        };
        Some(match asked.path {
            "/choice" => see_other("/", Some(&format!("say={}; Path=/", field("say")))),
            "/" => self.page(&visit, "首页", "home", &words(&[])),
            "/catalogue" => {
                let query = read_form(asked.query).remove("q").unwrap_or_default();
                let found = if query.is_empty() {
                    "请输入书名或作者。"
                } else {
                    "没有找到相符的馆藏。"
                };
                self.page(&visit, "馆藏检索", "catalogue", &words(&[("q", &query), ("found", found)]))
            }
            "/book" => {
                let title = match asked.query {
                    "no=1" => "《万历十五年》",
                    "no=2" => "《昆虫记》",
                    _ => "《湘行散记》",
                };
                self.page(&visit, title, "book", &words(&[("book", title)]))
            }
            "/events" => self.page(&visit, "活动", "events", &words(&[])),
            "/contact" => self.page(&visit, "联系我们", "contact", &words(&[])),
            "/privacy" => self.page(&visit, "读者个人信息保护政策", "privacy", &words(&[])),
            "/register" if posted => match readers.register(&sent) {
                Ok(cookie) => see_other("/desk", Some(&cookie)),
                Err(why) => self.page(&visit, "办理读者证", "register", &words(&[("error", why)])),
            },
            "/register" => self.page(&visit, "办理读者证", "register", &words(&[("error", "")])),
            "/login" if posted => match readers.log_in(&field("mail"), &field("pass")) {
                Ok(cookie) => see_other("/desk", Some(&cookie)),
                Err(why) => self.page(&visit, "读者登录", "login", &words(&[("error", why)])),
            },
            "/login" => self.page(&visit, "读者登录", "login", &words(&[("error", "")])),
            "/exit" => see_other("/", Some("reader=; Path=/; Max-Age=0")),
            path if path.starts_with("/desk") => {
                let Some(who) = visit.who.clone() else { return Some(see_other("/login", None)) };
                self.desk(&mut readers, &visit, &who, path, posted.then_some(&sent))
            }
            _ => (StatusCode::NOT_FOUND, axum::response::Html("<h1>没有这一页</h1>")).into_response(),
        })
    }

    /// A reader's own pages.
    fn desk(
        &self,
        readers: &mut Readers,
        visit: &Visit,
        who: &str,
        path: &str,
        sent: Option<&Fields>,
    ) -> Response {
        let Some(person) = readers.known.get_mut(who) else { return see_other("/login", None) };
        let get = |person: &Fields, name: &str| person.get(name).cloned().unwrap_or_default();
        match (path, sent) {
            ("/desk/close", Some(sent)) => {
                let why = match (sent.get("pass") == person.get("pass"), sent.contains_key("sure")) {
                    (true, true) => {
                        readers.inside.remove(&visit.cookie);
                        if !self.flags.contains("keeps_all") {
                            readers.known.remove(who);
                            readers.inside.retain(|_, reader| reader != who);
                        }
                        let gone = Visit { who: None, said: visit.said.clone(), cookie: String::new() };
                        return self.draw(
                            &gone,
                            "账号已注销",
                            "<h2>账号已注销</h2><p>您的信息已经删除。</p>",
                        );
                    }
                    (false, _) => "密码不对",
                    (_, false) => "请勾选“我确认注销”",
                };
                self.page(visit, "注销账号", "close", &Fields::from([("error".into(), why.into())]))
            }
            ("/desk/close", None) => {
                self.page(visit, "注销账号", "close", &Fields::from([("error".into(), String::new())]))
            }
            ("/desk/consent", Some(_)) => {
                let mut answer =
                    self.draw(visit, "已撤回", "<h2>已撤回同意</h2><p>您已撤回对政策的同意。</p>");
                let cookie = "say=no; Path=/".parse().expect("a cookie");
                answer.headers_mut().append(header::SET_COOKIE, cookie);
                answer
            }
            ("/desk/consent", None) => self.page(visit, "撤回同意", "consent", &Fields::new()),
            (_, sent) => {
                for (name, value) in sent.into_iter().flatten() {
                    if ["nickname", "address"].contains(&name.as_str()) {
                        person.insert(name.clone(), value.clone());
                    }
                }
                let said = if sent.is_some() { "已保存" } else { "" };
                let mut words = Fields::from([("said".to_owned(), said.to_owned())]);
                for name in ["realname", "mail", "nickname", "address"] {
                    words.insert(name.to_owned(), escape(&get(person, name)));
                }
                self.page(visit, "我的读者证", "desk", &words)
            }
        }
    }

    /// Draws a page of a file, its words filled in.
    fn page(&self, visit: &Visit, title: &str, file: &str, words: &Fields) -> Response {
        let mut body = self.file(file);
        for (name, value) in words {
            body = body.replace(&format!("{{{{{name}}}}}"), value);
        }
        self.draw(visit, title, &body)
    }

    fn file(&self, name: &str) -> String {
        let text = std::fs::read_to_string(self.root.join(format!("{name}.html"))).expect("a page");
        parts::choose(&text, &self.flags)
    }

    fn draw(&self, visit: &Visit, title: &str, body: &str) -> Response {
        let asks = visit.said.is_none() && title != "读者个人信息保护政策";
        let notice = if asks { self.file("notice") } else { String::new() };
        let person = match visit.who {
            Some(_) => r#"<a href="/desk">我的读者证</a>"#,
            None => r#"<a href="/login">登录</a><a href="/register">注册</a>"#,
        };
        let page = self.file("page");
        let page = page.replace("{{title}}", title).replace("{{notice}}", &notice);
        axum::response::Html(page.replace("{{person}}", person).replace("{{body}}", body)).into_response()
    }
}

impl Readers {
    fn visit(&self, asked: &Asked<'_>) -> Visit {
        let all = asked.headers.get(header::COOKIE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let cookie = |name: &str| {
            let mut pairs = all.split(';').filter_map(|pair| pair.trim().split_once('='));
            pairs.find(|(key, value)| *key == name && !value.is_empty()).map(|(_, value)| value.to_owned())
        };
        let own = cookie("reader").unwrap_or_default();
        Visit { said: cookie("say"), who: self.inside.get(&own).cloned(), cookie: own }
    }

    fn let_in(&mut self, who: &str) -> String {
        self.cookies += 1;
        let cookie = format!("r{}", self.cookies * 7919);
        self.inside.insert(cookie.clone(), who.to_owned());
        format!("reader={cookie}; Path=/")
    }

    fn register(&mut self, sent: &Fields) -> Result<String, &'static str> {
        let get = |name: &str| sent.get(name).cloned().unwrap_or_default();
        let who = get("mail");
        if get("realname").is_empty() || !who.contains('@') {
            return Err("请填写姓名和邮件地址");
        }
        if get("pass").len() < 6 {
            return Err("密码至少六位");
        }
        if get("pass") != get("pass2") {
            return Err("两次输入的密码不一致");
        }
        if !sent.contains_key("accept") {
            return Err("请先阅读并同意政策");
        }
        if self.known.contains_key(&who) {
            return Err("该邮件地址已经注册");
        }
        self.known.insert(who.clone(), sent.clone());
        Ok(self.let_in(&who))
    }

    fn log_in(&mut self, who: &str, pass: &str) -> Result<String, &'static str> {
        match self.known.get(who) {
            None => Err("该邮件地址没有注册"),
            Some(person) if person.get("pass").is_none_or(|known| known != pass) => Err("密码错误"),
            Some(_) => Ok(self.let_in(who)),
        }
    }
}

fn read_form(text: &str) -> Fields {
    url::form_urlencoded::parse(text.as_bytes()).into_owned().collect()
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
}

fn see_other(to: &str, cookie: Option<&str>) -> Response {
    let mut answer = (StatusCode::SEE_OTHER, [(header::LOCATION, to)]).into_response();
    if let Some(cookie) = cookie.and_then(|cookie| cookie.parse().ok()) {
        answer.headers_mut().append(header::SET_COOKIE, cookie);
    }
    answer
}
