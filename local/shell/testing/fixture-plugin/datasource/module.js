/* A nested data source that answers by the query's `kind`, with the same numbers for the same time. */
define(['@grafana/data', '@grafana/runtime', 'rxjs'], (data, { getTemplateSrv }, { delay, of }) => {
  const POINTS = 60;

  class FixtureDataSource extends data.DataSourceApi {
    query(request) {
      const frames = request.targets.flatMap((target) => this.answer(target, request));
      const isSlow = request.targets.some((target) => target.kind === 'slow');
      return of({ data: frames }).pipe(delay(isSlow ? 60000 : 0));
    }

    answer(target, { range, intervalMs }) {
      switch (target.kind) {
        case 'error':
          throw new Error('The fixture was asked to fail');
        case 'table':
          return [serviceTable()];
        case 'text':
          return [data.toDataFrame({ fields: [{ name: 'text', values: [getTemplateSrv().replace(target.text), String(intervalMs)] }] })];
        default:
          return ['checkout', 'payment', 'search'].map((name, index) => waves(name, index, range));
      }
    }

    async metricFindQuery(query) {
      return ['checkout', 'payment', 'search', 'track'].filter((name) => name.includes(String(query))).map((text) => ({ text }));
    }

    async testDatasource() {
      return { status: 'success', message: 'The fixture is always well' };
    }
  }

  function waves(name, index, { from, to }) {
    const stepMs = (to.valueOf() - from.valueOf()) / POINTS;
    const times = Array.from({ length: POINTS }, (_, point) => from.valueOf() + point * stepMs);
    const values = times.map((_, point) => 0.12 + 0.05 * index + 0.04 * Math.sin(point / (4 + index)));
    return data.toDataFrame({ name, fields: [{ name: 'Time', type: 'time', values: times }, { name: 'Value', type: 'number', values, config: { unit: 's' } }] });
  }

  function serviceTable() {
    return data.toDataFrame({
      name: 'services',
      meta: { notices: [{ severity: 'info', text: 'Three services are all there are' }] },
      fields: [
        { name: 'Service', type: 'string', values: ['checkout', 'payment & billing', 'search'] },
        { name: 'p95', type: 'number', values: [0.21, 0.83, 0.05], config: { unit: 's' } },
        { name: 'Errors', type: 'number', values: [0.001, 0.12, 0], config: { unit: 'percentunit' } },
      ],
    });
  }

  return { plugin: new data.DataSourcePlugin(FixtureDataSource) };
});
