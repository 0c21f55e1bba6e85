//! What the shop remembers: accounts, their addresses and orders, and which dangerous buttons were tapped.

use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};
use std::sync::{LazyLock, Mutex, MutexGuard, PoisonError};
use std::time::{SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// Why the shop turned a request down; the text is shown in the app.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(super) enum Refusal {
    #[error("请输入 11 位手机号码")]
    Phone,
    #[error("密码至少 6 位")]
    Password,
    #[error("请输入 6 位验证码")]
    Code,
    #[error("该手机号已注册，请直接登录")]
    Taken,
    #[error("手机号或密码不正确")]
    WrongLogin,
    #[error("该账号不存在，请先注册")]
    NoAccount,
    #[error("请先登录")]
    SignedOut,
    #[error("没有找到这条记录")]
    NotFound,
    #[error("填写的内容不完整")]
    Incomplete,
}

/// What a person tells about themselves; all of it may be left empty.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Profile {
    pub nickname: String,
    pub gender: String,
    pub birthday: String,
}

/// Where a parcel goes.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Address {
    pub id: u64,
    pub name: String,
    pub phone: String,
    pub region: String,
    pub detail: String,
}

/// A product and how many of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Line {
    pub product: u64,
    pub count: u32,
}

/// An order, with the address as it was at the time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Order {
    pub id: u64,
    pub lines: Vec<Line>,
    /// In fen, from the shop's own price list.
    pub total: u64,
    pub address: Option<Address>,
    pub created: u64,
    pub status: &'static str,
}

/// What the shop does when a person cancels their account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ending {
    /// Removes the account, what belongs to it, and its sessions.
    Deletes,
    /// Ends the sessions, and keeps the account as it is.
    OnTheSurface,
    /// Refuses to log in, and keeps the account and its sessions.
    Hides,
    /// Refuses to log in and tells the app that nobody is signed in, and still serves the account's data.
    Serves,
    /// Keeps everything for some days; logging in takes the request back.
    Waits,
}

/// One account and all that belongs to it, so that deleting it leaves nothing.
#[derive(Debug, Default)]
pub(super) struct Account {
    password: String,
    /// How its person ended it, where it is still here.
    ended: Option<Ending>,
    pub profile: Profile,
    pub addresses: Vec<Address>,
    pub orders: Vec<Order>,
}

#[derive(Debug, Default)]
struct Books {
    accounts: HashMap<String, Account>,
    /// Token to phone number.
    sessions: HashMap<String, String>,
    touched: Vec<String>,
    numbers: u64,
}

/// The shop's state, shared by all requests.
#[derive(Debug, Default)]
pub(super) struct Shop {
    books: Mutex<Books>,
    secret: RandomState,
}

impl Shop {
    /// Opens an account and signs it in; answers with the session's token.
    pub fn register(&self, phone: &str, password: &str, code: &str) -> Result<String, Refusal> {
        let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        if phone.len() != 11 || !phone.starts_with('1') || !digits(phone) {
            return Err(Refusal::Phone);
        }
        if password.chars().count() < 6 {
            return Err(Refusal::Password);
        }
        if code.len() != 6 || !digits(code) {
            return Err(Refusal::Code);
        }
        let mut books = self.books();
        if books.accounts.contains_key(phone) {
            return Err(Refusal::Taken);
        }
        let account = Account { password: self.digest(phone, password), ..Account::default() };
        books.accounts.insert(phone.to_owned(), account);
        Ok(self.open_session(&mut books, phone))
    }

    /// Signs in; an unknown number is told apart from a wrong password.
    pub fn login(&self, phone: &str, password: &str) -> Result<String, Refusal> {
        let mut books = self.books();
        match books.accounts.get(phone) {
            Some(account) if matches!(account.ended, Some(Ending::Hides | Ending::Serves)) => {
                Err(Refusal::NoAccount)
            }
            Some(account) if account.password == self.digest(phone, password) => {
                if let Some(account) = books.accounts.get_mut(phone) {
                    account.ended = None;
                }
                Ok(self.open_session(&mut books, phone))
            }
            Some(_) => Err(Refusal::WrongLogin),
            None => Err(Refusal::NoAccount),
        }
    }

    pub fn logout(&self, token: &str) {
        self.books().sessions.remove(token);
    }

    /// The phone number that a token is signed in with.
    pub fn who(&self, token: &str) -> Option<String> {
        self.books().sessions.get(token).cloned()
    }

    /// Does something with an account, with a fresh number at hand for what may be created.
    pub fn with<T>(
        &self,
        phone: &str,
        act: impl FnOnce(&mut Account, u64) -> Result<T, Refusal>,
    ) -> Result<T, Refusal> {
        let mut books = self.books();
        books.numbers += 1;
        let number = books.numbers;
        act(books.accounts.get_mut(phone).ok_or(Refusal::SignedOut)?, number)
    }

    /// Ends an account in one of the ways that shops have.
    pub fn end_account(&self, phone: &str, ending: Ending) {
        let mut books = self.books();
        if ending == Ending::Deletes {
            books.accounts.remove(phone);
        } else if let Some(account) = books.accounts.get_mut(phone) {
            account.ended = Some(ending);
        }
        if !matches!(ending, Ending::Hides | Ending::Serves) {
            books.sessions.retain(|_, owner| owner != phone);
        }
    }

    /// Whether the app is to show a signed-in person as a guest.
    pub fn shown_as_guest(&self, phone: &str) -> bool {
        self.books().accounts.get(phone).is_some_and(|account| account.ended == Some(Ending::Serves))
    }

    /// Whether an account is in the books, hidden or not.
    pub fn has_account(&self, phone: &str) -> bool {
        self.books().accounts.contains_key(phone)
    }

    /// The phone numbers of the accounts in the books, hidden or not, in order.
    pub fn accounts(&self) -> Vec<String> {
        let mut phones: Vec<String> = self.books().accounts.keys().cloned().collect();
        phones.sort();
        phones
    }

    /// Remembers that a dangerous button was tapped.
    pub fn touch(&self, name: String) {
        self.books().touched.push(name);
    }

    pub fn touched(&self) -> Vec<String> {
        self.books().touched.clone()
    }

    fn books(&self) -> MutexGuard<'_, Books> {
        self.books.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn open_session(&self, books: &mut Books, phone: &str) -> String {
        books.numbers += 1;
        let seed = format!("{}:{}:{}", books.numbers, self.secret.hash_one(books.numbers), nanos());
        let token = hex::encode(Sha256::digest(seed));
        books.sessions.insert(token.clone(), phone.to_owned());
        token
    }

    fn digest(&self, phone: &str, password: &str) -> String {
        hex::encode(Sha256::digest(format!("{}:{password}", self.secret.hash_one(phone))))
    }
}

impl Account {
    /// Places an order at the shop's own prices.
    pub fn order(&mut self, id: u64, lines: Vec<Line>, address: Option<u64>) -> Result<Order, Refusal> {
        let mut total = 0u64;
        for line in &lines {
            let price = PRICES.get(&line.product).ok_or(Refusal::NotFound)?;
            if line.count == 0 || line.count > 999 {
                return Err(Refusal::Incomplete);
            }
            total = total.saturating_add(price * u64::from(line.count));
        }
        if lines.is_empty() {
            return Err(Refusal::Incomplete);
        }
        let address = match address {
            Some(id) => Some(self.address(id)?.clone()),
            None => None,
        };
        let order =
            Order { id, lines, total, address, created: nanos() / 1_000_000_000, status: "待付款" };
        self.orders.push(order.clone());
        Ok(order)
    }

    pub fn address(&mut self, id: u64) -> Result<&mut Address, Refusal> {
        self.addresses.iter_mut().find(|address| address.id == id).ok_or(Refusal::NotFound)
    }
}

/// What each product costs, in fen: the same list that the app shows.
static PRICES: LazyLock<HashMap<u64, u64>> = LazyLock::new(|| {
    #[derive(Deserialize)]
    struct Product {
        id: u64,
        price: u64,
    }
    let products: Vec<Product> =
        serde_json::from_slice(super::assets::read_bytes("products.json").unwrap_or_default())
            .expect("products.json is part of the program, and a test reads it");
    products.iter().map(|product| (product.id, product.price)).collect()
});

fn nanos() -> u64 {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    u64::try_from(now.as_nanos()).unwrap_or_default()
}
