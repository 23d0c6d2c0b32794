import '../public-path';
import { DataSourcePlugin } from '@grafana/data';
import { VezaDataSource } from './datasource';
import { ConfigEditor } from './editor/ConfigEditor';
import { QueryEditor } from './editor/QueryEditor';

export const plugin = new DataSourcePlugin(VezaDataSource).setConfigEditor(ConfigEditor).setQueryEditor(QueryEditor);
