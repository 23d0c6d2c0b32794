/** @grafana/runtime's TemplateSrv: the variables and time range of the dashboard that is open. */
import type { ScopedVars, TimeRange, TypedVariableModel } from '@grafana/data';
import { getDefaultTimeRange } from '@grafana/data';
import type { TemplateSrv, VariableInterpolation } from '@grafana/runtime';
import { locationService } from '@grafana/runtime';
import type { DashboardVariable } from '../dashboard/variables';
import { interpolatedValue, variableQuery } from '../dashboard/variables';
import type { Format } from '../interpolation/interpolate';
import { containsReference, interpolate } from '../interpolation/interpolate';

export class ShellTemplateSrv implements TemplateSrv {
  private variables: readonly DashboardVariable[] = [];
  private timeRange = getDefaultTimeRange();

  setVariables(variables: readonly DashboardVariable[]): void {
    this.variables = variables;
  }

  updateTimeRange(timeRange: TimeRange): void {
    this.timeRange = timeRange;
  }

  getVariables(): TypedVariableModel[] {
    return this.variables.map((variable) => variable.model as unknown as TypedVariableModel);
  }

  replace(text?: string, scopedVars?: ScopedVars, format?: string | Function, interpolations?: VariableInterpolation[]): string {
    if (!text) {
      return text ?? '';
    }
    const scope = {
      scopedVars,
      timeRange: this.timeRange,
      location: locationService.getLocation(),
      variables: this.variables.map(interpolatedValue),
      variableQuery: variableQuery(this.variables),
    };
    return interpolate(text, scope, format as Format | undefined, interpolations);
  }

  containsTemplate(text?: string): boolean {
    return text !== undefined && containsReference(text);
  }
}

/** The page's one instance: @grafana/runtime gets it at start, the open dashboard keeps it up to date. */
export const templateSrv = new ShellTemplateSrv();
