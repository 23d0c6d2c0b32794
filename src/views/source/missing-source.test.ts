import { missingSource } from './missing-source';

it.each([
  ['files', 'Open the files again', /gone when the page is loaded again/],
  ['gone', 'Data source not found', /uid "gone" does not exist/],
  ['', 'No trace data source', /add a data source/],
])('says of the source "%s" what to do', (uid, title, advice) => {
  expect(missingSource(uid)).toEqual({ title, advice: expect.stringMatching(advice) });
});
