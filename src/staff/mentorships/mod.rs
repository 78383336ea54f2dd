//! Who mentors whom (pembimbingan), from when until when: as long as it lasts, the mentor reads the mentee's records. What the two do
//! with one another is the matter of the chapter on mentoring.

pub(crate) mod entity;
