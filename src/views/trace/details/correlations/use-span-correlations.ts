import { getDataSourceSrv, getTemplateSrv } from '@grafana/runtime';
import { useMemo } from 'react';
import type { TraceSet } from '../../../../trace';
import type { TraceSource } from '../../../source/sources';
import { exploreHref, exploreRefusal } from './explore-link';
import { spanCorrelations } from './span-correlations';
import type { SpanLinkOut } from './span-link-out';

/** The links of a span that the settings of the data source of its trace ask for. */
export function useSpanCorrelations(set: TraceSet | undefined, source: TraceSource | undefined): ((row: number) => readonly SpanLinkOut[]) | undefined {
  return useMemo(() => {
    if (!set || !source) {
      return undefined;
    }
    const host = {
      dataSource: (uid: string) => getDataSourceSrv().getInstanceSettings(uid),
      replace: getTemplateSrv().replace.bind(getTemplateSrv()),
      exploreHref,
      exploreRefusal: exploreRefusal(),
    };
    return (row) => spanCorrelations(set, row, source.jsonData, host);
  }, [set, source]);
}
