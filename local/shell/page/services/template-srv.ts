/** @grafana/runtime's TemplateSrv: the variables and time range of the dashboard that is open. */
import { getDefaultTimeRange, type ScopedVars, type TimeRange, type TypedVariableModel } from '@grafana/data';
import { locationService, type TemplateSrv, type VariableInterpolation } from '@grafana/runtime';
import { type DashboardVariable, interpolatedValue, variableQuery } from '../dashboard/variables';
import { containsReference, type Format, interpolate } from '../interpolation/interpolate';

class ShellTemplateSrv implements TemplateSrv {
  private variables: readonly DashboardVariable[] = [];
  private timeRange = getDefaultTimeRange();

  setVariables(variables: readonly DashboardVariable[]): void {
    this.variables = variables;
  }

  updateTimeRange(timeRange: TimeRange): void {
    this.timeRange = timeRange;
  }

  getVariables(): TypedVariableModel[] {
    return this.variables.map((variable) => {
      const { value, text } = interpolatedValue(variable);
      // The dashboard's JSON, brought up to date: its type is a union over what a variable may be.
      return { ...variable.model, options: variable.options, current: { value, text } } as unknown as TypedVariableModel;
    });
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
