// ESLint looks for its rules above the files that it reads; the packages are those of www.
export { default } from './www/build/eslint.mjs';
