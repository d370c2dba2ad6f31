import { readStructured } from '../../structured/read-structured.ts';
import { readOnce } from '../structured-items/read-once.ts';

/** readStructured, once an image. */
export const readScheduleFile = readOnce((bytes, path) => readStructured(bytes, path));
