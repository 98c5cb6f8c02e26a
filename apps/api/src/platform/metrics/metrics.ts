import { Injectable } from '@nestjs/common';
import { Registry } from 'prom-client';

/** Where every room registers its figures. Names begin with `watchfloor_`. */
@Injectable()
export class Metrics {
  /** One for each server, not one for the process: tests run several. */
  readonly registry = new Registry();
}
