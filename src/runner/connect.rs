//! From a scenario's target to an app that can be driven.

use std::sync::Arc;

use super::job::Job;
use crate::app::careful::{Care, Careful};
use crate::app::phone::{Android, Ios, Phone, PhoneTarget, System};
use crate::app::web::capabilities::Manner;
use crate::app::web::{Viewport, Web, WebTarget};
use crate::app::{App, AppError, Sessions};
use crate::scenario::{Target, WebSection};

/// Where Appium listens unless told otherwise.
const APPIUM: &str = "http://127.0.0.1:4723";

/// Sessions of a job's app, each with nothing of the others.
#[derive(Debug)]
pub struct Another<'a> {
    target: &'a Target,
    driver: Option<String>,
    manner: Manner,
    care: Arc<Care>,
    place: (f64, f64),
}

impl<'a> Another<'a> {
    pub fn of(job: &'a Job, virtual_time: bool) -> Another<'a> {
        let scenario = &job.scenario;
        let (never, may) = (scenario.never.clone(), scenario.may.clone());
        let care = Arc::new(Care { never, may, guard: scenario.guard });
        Another {
            target: &scenario.app.target,
            driver: job.driver.clone(),
            manner: Manner { visible: job.pause, virtual_time, as_robot: job.as_robot },
            care,
            place: job.place(),
        }
    }
}

#[async_trait::async_trait]
impl Sessions for Another<'_> {
    async fn open(&self) -> Result<Box<dyn App>, AppError> {
        let app = app(self.target, self.driver.clone(), self.manner, self.place).await?;
        Ok(Box::new(Careful::before(app, self.care.clone())))
    }
    fn side_by_side(&self) -> bool {
        matches!(self.target, Target::Web(_))
    }
}

/// Whether a job's pages can live in virtual time: not before a person, on a phone, or through a driver of somebody else.
pub fn may_be_virtual(job: &Job) -> bool {
    let web = matches!(job.scenario.app.target, Target::Web(_));
    job.virtual_time && web && !job.pause && job.driver.is_none()
}

/// The app of a target, driven through the server at `driver`; without it, a web app gets a chromedriver of its
/// own and a phone the Appium of this machine. The app is told that it is at `place`.
///
/// # Errors
/// When there is no driver for it.
async fn app(
    target: &Target,
    driver: Option<String>,
    manner: Manner,
    place: (f64, f64),
) -> Result<Box<dyn App>, AppError> {
    let (system, id, activity, file, capabilities): (Box<dyn System>, _, _, _, _) = match target {
        Target::Web(web) => {
            return Ok(Box::new(
                Web::new(
                    WebTarget { place: Some(place), ..web_target(web, driver, manner) },
                    web.url.clone(),
                )
                .await?,
            ));
        }
        Target::Android(app) => (
            Box::new(Android),
            app.package.clone(),
            app.activity.clone(),
            app.apk.clone(),
            app.capabilities.clone(),
        ),
        Target::Ios(app) => {
            (Box::new(Ios), app.bundle.clone(), None, app.file.clone(), app.capabilities.clone())
        }
    };
    let driver = driver.unwrap_or_else(|| APPIUM.to_owned());
    let capabilities = capabilities.into_iter().collect();
    Ok(Box::new(Phone::new(system, PhoneTarget { id, activity, file, driver, capabilities })))
}

/// The target as reports name it: an address without its password, a package, a bundle.
pub fn shown(target: &Target) -> String {
    match target {
        Target::Web(web) => without_password(&web.url),
        Target::Android(app) => app.package.clone(),
        Target::Ios(app) => app.bundle.clone(),
    }
}

/// An address may carry a user and a password; reports must not.
fn without_password(url: &url::Url) -> String {
    let mut url = url.clone();
    // Fails only for addresses that cannot have a user at all.
    let _ = url.set_password(None);
    let _ = url.set_username("");
    url.into()
}

fn web_target(web: &WebSection, driver: Option<String>, manner: Manner) -> WebTarget {
    let Manner { visible, virtual_time, as_robot } = manner;
    let viewport = web.viewport;
    WebTarget {
        viewport: Viewport { width: viewport.width, height: viewport.height, density: viewport.density },
        driver,
        visible,
        virtual_time,
        as_robot,
        place: None,
        capabilities: web.capabilities.clone().into_iter().collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_loses_its_password() {
        let url = url::Url::parse("https://me:secret@shop.example/x?a=1").expect("an address");
        assert_eq!(without_password(&url), "https://shop.example/x?a=1");
    }
}
