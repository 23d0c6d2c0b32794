import '../public-path';
import { DataSourcePlugin } from '@grafana/data';
import { VezaDataSource } from './datasource';

export const plugin = new DataSourcePlugin(VezaDataSource);
